// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// firstpaint COMMAND...: starts the command on an empty screen without a window manager, and prints the
// milliseconds until a point of its window shows something, and its resident memory in KiB a second later.
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

QRgb pointOnScreen()
{
    // Without a window manager the window is at the corner; this point is in its upper left.
    return QGuiApplication::primaryScreen()->grabWindow(0, 12, 12, 1, 1).toImage().pixel(0, 0);
}

qint64 residentKib(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).simplified().split(' ').first().toLongLong();
    }
    return -1;
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    const QStringList command = QCoreApplication::arguments().mid(1);
    if (command.isEmpty())
        return 2;
    const QRgb empty = pointOnScreen();
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    QElapsedTimer clock;
    QTimer poll;
    poll.setInterval(1);
    QObject::connect(&poll, &QTimer::timeout, &application, [&] {
        if (pointOnScreen() == empty && clock.elapsed() < 20'000)
            return;
        poll.stop();
        const qint64 painted = clock.elapsed();
        QTimer::singleShot(1000, &application, [&program, painted] {
            std::printf("%lld %lld\n", static_cast<long long>(painted),
                        static_cast<long long>(residentKib(program.processId())));
            program.kill();
            program.waitForFinished();
            QCoreApplication::exit(painted < 20'000 ? 0 : 1);
        });
    });
    clock.start();
    program.start(command.first(), command.mid(1));
    poll.start();
    return QGuiApplication::exec();
}
