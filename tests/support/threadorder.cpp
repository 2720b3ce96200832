// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the thread sanitizer in what order Qt does things. Qt is not instrumented, so the sanitizer can't see
// that what is done before a call is queued happens before that call, and the same for a thread pool and for
// the end of a thread. The linker puts these functions before Qt's own (--wrap) in what is built with that
// sanitizer; this file itself is not instrumented, so that only what our code does is looked at.
#include <QMetaObject>
#include <QThread>
#include <QThreadPool>

#include <memory>
#include <sanitizer/tsan_interface.h>

namespace {

// A queued call. Qt counts its owners, and either thread may release it last.
class QueuedCall final : public QtPrivate::QSlotObjectBase
{
public:
    QueuedCall(QtPrivate::QSlotObjectBase *slot, void *result)
        : QSlotObjectBase(&act), m_slot(slot), m_result(result)
    {
        __tsan_release(this);
    }

private:
    static void act(int which, QSlotObjectBase *self, QObject *receiver, void **, bool *)
    {
        auto *call = static_cast<QueuedCall *>(self);
        __tsan_acquire(call);
        if (which == Destroy) {
            call->m_slot->destroyIfLastRef();
            delete call;
        } else if (which == Call) {
            void *arguments[] = { call->m_result };
            call->m_slot->call(receiver, arguments);
            __tsan_release(call);
        }
    }

    QtPrivate::QSlotObjectBase *m_slot;
    void *m_result;
};

// A connection's slot. Which thread lets go of it last is told by Qt's locks: a receiver in another thread
// that is deleted takes those along that its sender had let go of before.
class ConnectedSlot final : public QtPrivate::QSlotObjectBase
{
public:
    explicit ConnectedSlot(QtPrivate::QSlotObjectBase *slot) : QSlotObjectBase(&act), m_slot(slot)
    {
        __tsan_release(this);
    }

private:
    static void act(int which, QSlotObjectBase *self, QObject *receiver, void **arguments, bool *isSame)
    {
        auto *connected = static_cast<ConnectedSlot *>(self);
        if (which == Destroy) {
            __tsan_acquire(connected);
            connected->m_slot->destroyIfLastRef();
            delete connected;
        } else if (which == Call) {
            connected->m_slot->call(receiver, arguments);
            __tsan_release(connected);
        } else if (which == Compare) {
            *isSame = connected->m_slot->compare(arguments);
        }
    }

    QtPrivate::QSlotObjectBase *m_slot;
};

// For a wait for a thread's end: the thread's last event asked it to end, so everything it did came before.
bool releaseToWaiter(void **)
{
    __tsan_release(QThread::currentThread());
    return false;
}

[[maybe_unused]] const bool isListening =
    QInternal::registerCallback(QInternal::EventNotifyCallback, releaseToWaiter);

} // namespace

// The mangled names are those of the functions named above each.
extern "C" {

// QMetaObject::invokeMethodImpl(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *)
bool __real__ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
    QObject *receiver, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *result);
bool __wrap__ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
    QObject *receiver, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *result)
{
    return __real__ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
        receiver, new QueuedCall(slot, result), type, nullptr);
}

// QObject::connectImpl(const QObject *, void **, const QObject *, void **, QtPrivate::QSlotObjectBase *,
//                      Qt::ConnectionType, const int *, const QMetaObject *)
QMetaObject::Connection
__real__ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject(
    const QObject *sender, void **signal, const QObject *receiver, void **slot,
    QtPrivate::QSlotObjectBase *slotObject, Qt::ConnectionType type, const int *types,
    const QMetaObject *senderMetaObject);
QMetaObject::Connection
__wrap__ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject(
    const QObject *sender, void **signal, const QObject *receiver, void **slot,
    QtPrivate::QSlotObjectBase *slotObject, Qt::ConnectionType type, const int *types,
    const QMetaObject *senderMetaObject)
{
    return __real__ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject(
        sender, signal, receiver, slot, new ConnectedSlot(slotObject), type, types, senderMetaObject);
}

// QThreadPool::start(std::function<void()>, int)
void __real__ZN11QThreadPool5startESt8functionIFvvEEi(QThreadPool *pool, std::function<void()> work,
                                                      int priority);
void __wrap__ZN11QThreadPool5startESt8functionIFvvEEi(QThreadPool *pool, std::function<void()> work,
                                                      int priority)
{
    auto *handed = new std::function<void()>(std::move(work));
    __tsan_release(handed);
    const auto run = [handed] {
        __tsan_acquire(handed);
        (*handed)();
        delete handed;
    };
    __real__ZN11QThreadPool5startESt8functionIFvvEEi(pool, run, priority);
}

// QThread::wait(QDeadlineTimer)
bool __real__ZN7QThread4waitE14QDeadlineTimer(QThread *thread, QDeadlineTimer deadline);
bool __wrap__ZN7QThread4waitE14QDeadlineTimer(QThread *thread, QDeadlineTimer deadline)
{
    const bool ended = __real__ZN7QThread4waitE14QDeadlineTimer(thread, deadline);
    __tsan_acquire(thread);
    return ended;
}
}
