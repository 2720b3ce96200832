// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/screenwatch.h"

#include "ui/widgets/secretlineedit.h"

#include <QAbstractEventDispatcher>
#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAccessibleWidget>
#include <QAction>
#include <QApplication>
#include <QCompleter>
#include <QMetaProperty>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace latchkey::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRows = 100; // of a list: the rows of one are alike
constexpr int mostColumns = 20;
constexpr int mostRoles = 32; // the model's own ones, behind Qt's

QStringList *g_collected = nullptr;
QStringList g_told;

bool isMasked(const QLineEdit &line)
{
    return line.echoMode() != QLineEdit::Normal;
}

// The user chose to see what is in this line.
bool mayShowSecret(const QObject *object)
{
    const auto *line = qobject_cast<const SecretLineEdit *>(object);
    return line != nullptr && line->isRevealed();
}

QString nameOf(const QObject &object)
{
    const QString name = object.objectName();
    return QString::fromLatin1(object.metaObject()->className())
        + (name.isEmpty() || holdsCanary(name) ? QString() : u" “%1”"_s.arg(name));
}

class Walk
{
public:
    QStringList found;

    void look(QStringView text, const QObject &at, const QString &where)
    {
        if (holdsCanary(text))
            found << u"%1 of %2"_s.arg(where, nameOf(at));
    }

    void lookAt(QWidget &widget)
    {
        const auto *line = qobject_cast<const QLineEdit *>(&widget);
        lookAtProperties(widget, line);
        for (const QAction *action : widget.actions())
            lookAtProperties(*action, nullptr);
        if (line != nullptr)
            lookAtLine(*line);
        if (auto *view = qobject_cast<QAbstractItemView *>(&widget); view != nullptr && view->model())
            lookAtModel(*view->model(), {});
        lookAtInterface(QAccessible::queryAccessibleInterface(&widget), widget, 0);
        for (QObject *child : widget.children()) {
            if (child != nullptr && child->isWidgetType()) // null: it is being deleted
                lookAt(*static_cast<QWidget *>(child));
        }
    }

private:
    void lookAtProperties(const QObject &object, const QLineEdit *line)
    {
        const QMetaObject &meta = *object.metaObject();
        for (int i = 0; i < meta.propertyCount(); ++i) {
            const QMetaProperty property = meta.property(i);
            const QByteArrayView name = property.name();
            const bool isContent = name == "text" || name == "displayText" || name == "selectedText";
            if (line != nullptr && isContent
                && (mayShowSecret(line) || (isMasked(*line) && name != "displayText")))
                continue;
            if (property.metaType() == QMetaType::fromType<QString>())
                look(property.read(&object).toString(), object, QString::fromLatin1(name));
        }
        for (const QByteArray &name : object.dynamicPropertyNames())
            look(object.property(name.constData()).toString(), object, QString::fromLatin1(name));
    }

    // R51
    void lookAtLine(const QLineEdit &line)
    {
        if (!isMasked(line) && qobject_cast<const SecretLineEdit *>(&line) == nullptr)
            return;
        if (line.isUndoAvailable() || line.isRedoAvailable())
            found << u"history of %1"_s.arg(nameOf(line));
        if (line.completer() != nullptr)
            found << u"completion of %1"_s.arg(nameOf(line));
        if (!line.inputMethodHints().testFlag(Qt::ImhSensitiveData)
            || !line.inputMethodHints().testFlag(Qt::ImhNoPredictiveText))
            found << u"prediction of %1"_s.arg(nameOf(line));
    }

    void lookAtModel(const QAbstractItemModel &model, const QModelIndex &parent)
    {
        const auto lookAtAll = [this, &model](const auto &dataFor) {
            for (int role = 0; role < Qt::UserRole + mostRoles; ++role)
                look(dataFor(role).toString(), model, u"data (role %1)"_s.arg(role));
        };
        for (int row = 0; row < std::min(model.rowCount(parent), mostRows); ++row) {
            for (int column = 0; column < std::min(model.columnCount(parent), mostColumns); ++column) {
                const QModelIndex index = model.index(row, column, parent);
                lookAtAll([&index](int role) { return index.data(role); });
                if (model.hasChildren(index))
                    lookAtModel(model, index);
            }
        }
        for (int column = 0; column < std::min(model.columnCount(parent), mostColumns); ++column)
            lookAtAll([&](int role) { return model.headerData(column, Qt::Horizontal, role); });
    }

    // What is no widget of its own, such as the cells of a table, comes below its widget.
    void lookAtInterface(QAccessibleInterface *interface, const QWidget &widget, int depth)
    {
        if (interface == nullptr || !interface->isValid())
            return;
        for (const auto kind : { QAccessible::Name, QAccessible::Description, QAccessible::Value,
                                 QAccessible::Help, QAccessible::Accelerator }) {
            if (kind != QAccessible::Value || !mayShowSecret(interface->object()))
                look(interface->text(kind), widget, u"accessible text (%1)"_s.arg(kind));
        }
        if (auto *text = interface->textInterface(); text != nullptr && !mayShowSecret(interface->object()))
            look(text->text(0, text->characterCount()), widget, u"accessible content"_s);
        constexpr int deepest = 4;
        for (int i = 0; depth < deepest && i < std::min(interface->childCount(), mostRows * mostColumns);
             ++i) {
            QAccessibleInterface *child = interface->child(i);
            if (child != nullptr && (child->object() == nullptr || !child->object()->isWidgetType()))
                lookAtInterface(child, widget, depth + 1);
        }
    }
};

void report(const QStringList &found)
{
    for (const QString &leak : found) {
        if (g_collected != nullptr) {
            g_collected->append(leak);
        } else if (const QString told = QString::fromLatin1(QTest::currentTestFunction()) + leak;
                   !g_told.contains(told)) {
            g_told << told;
            QTest::qFail(qPrintable(u"A planted secret can be read: "_s + leak), __FILE__, __LINE__);
        }
    }
}

class ScreenWatch final : public QObject
{
public:
    using QObject::QObject;

    void lookAround()
    {
        if (std::exchange(m_isLooking, true))
            return;
        if (std::exchange(m_hasChanged, false)) {
            for (QWidget *window : QApplication::topLevelWidgets())
                report(canariesIn(*window));
        }
        m_isLooking = false;
    }

    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (!object->isWidgetType() || m_isLooking)
            return false;
        m_hasChanged = true;
        // After a window went away there may be nothing left to look at; and it alone is looked at, since
        // those around it may be half deleted.
        if (static_cast<QWidget *>(object)->isWindow()
            && (event->type() == QEvent::Close || event->type() == QEvent::Hide
                || event->type() == QEvent::Show)) {
            m_isLooking = true;
            report(canariesIn(*static_cast<QWidget *>(object)));
            m_isLooking = false;
        }
        return false;
    }

private:
    bool m_hasChanged = false;
    bool m_isLooking = false;
};

void beginWatch()
{
    auto *application = qobject_cast<QApplication *>(QCoreApplication::instance());
    if (application == nullptr)
        return;
    auto *watch = new ScreenWatch(application);
    application->installEventFilter(watch);
    auto *dispatcher = QAbstractEventDispatcher::instance();
    for (const auto turn : { &QAbstractEventDispatcher::aboutToBlock, &QAbstractEventDispatcher::awake })
        QObject::connect(dispatcher, turn, watch, [watch] { watch->lookAround(); });
}

Q_COREAPP_STARTUP_FUNCTION(beginWatch)

} // namespace

bool holdsCanary(QStringView text)
{
    static const QStringList disguises = [] {
        const QByteArray mark = "CANARY-";
        QStringList all { QString::fromLatin1(mark), QString::fromLatin1(mark.toHex()), u"CANARY%2D"_s };
        for (int shift = 0; shift < 3; ++shift) {
            const QByteArray whole = (QByteArray(shift, '\0') + mark).toBase64();
            constexpr std::pair<int, int> ownPart[] { { 0, 9 }, { 2, 10 }, { 3, 12 } };
            const auto [from, to] = ownPart[shift];
            all << QString::fromLatin1(whole.sliced(from, to - from));
        }
        return all;
    }();
    return std::any_of(disguises.begin(), disguises.end(),
                       [text](const QString &disguise) { return text.contains(disguise); });
}

QStringList canariesIn(QWidget &window)
{
    Walk walk;
    walk.lookAt(window);
    return walk.found;
}

CollectedLeaks::CollectedLeaks()
{
    Q_ASSERT(g_collected == nullptr);
    g_collected = new QStringList;
}

CollectedLeaks::~CollectedLeaks()
{
    delete std::exchange(g_collected, nullptr);
}

QStringList CollectedLeaks::take()
{
    return std::exchange(*g_collected, {});
}

} // namespace latchkey::test
