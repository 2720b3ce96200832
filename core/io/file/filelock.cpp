// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/filelock.h"

#include "core/io/file/privatefile.h"
#include "core/io/file/privatefolder.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace latchkey {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Hold = std::shared_ptr<LockHold>;

// More than any note holds: another program may have written the file.
constexpr qsizetype noteLimit = 256;

// An account's id is a fit name; whatever else comes is hashed, so that no key can leave the folder.
QString fileName(const QString &key)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9-]{1,64}$"_s);
    if (plain.match(key).hasMatch())
        return key + ".lock"_L1;
    const QByteArray digest = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex()) + ".lock"_L1;
}

LockError lockError(const QString &path, const QString &why)
{
    return { LockError::Kind::Failed, u"%1: %2"_s.arg(path, why) };
}

class FlockHold final : public LockHold
{
public:
    FlockHold(int file, bool hadToWait) : m_file(file), m_hadToWait(hadToWait) {}
    ~FlockHold() override { ::close(m_file); }
    Q_DISABLE_COPY_MOVE(FlockHold)

    [[nodiscard]] bool hadToWait() const override { return m_hadToWait; }
    [[nodiscard]] QByteArray note() const override
    {
        QByteArray note(noteLimit, Qt::Uninitialized);
        const auto size = ::pread(m_file, note.data(), static_cast<std::size_t>(note.size()), 0);
        note.truncate(std::max<qsizetype>(size, 0));
        return note;
    }
    // Kept by the kernel from here on, whatever becomes of this process; a power cut takes the whole folder.
    void setNote(const QByteArray &note) override
    {
        const bool isEmptied = ::ftruncate(m_file, 0) == 0;
        if (!isEmptied
            || ::pwrite(m_file, note.data(), static_cast<std::size_t>(note.size()), 0) != note.size())
            qWarning("a lock's note could not be written");
    }

private:
    int m_file;
    bool m_hadToWait;
};

// An empty hold: another process has it.
Result<Hold, LockError> tryLock(const QString &path, bool isFirstTry)
{
    // Not blocking, so that a FIFO put in the file's place does not hold us up; not inherited, so that the
    // browser we start does not hold the lock on.
    const int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    const int file = ::open(QFile::encodeName(path).constData(), flags, S_IRUSR | S_IWUSR);
    if (file < 0)
        return failure(lockError(path, qt_error_string(errno)));
    auto hold = std::make_shared<FlockHold>(file, !isFirstTry);
    struct stat facts = {};
    if (::fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_uid != ::geteuid())
        return failure(lockError(path, u"not a file of this user"_s));
    if (tryFlock(file))
        return hold;
    if (errno == EWOULDBLOCK || errno == EINTR)
        return Hold();
    return failure(lockError(path, qt_error_string(errno)));
}

struct Attempt
{
    QString path;
    Reply<LockResult> reply;
    QDeadlineTimer deadline;
    std::chrono::milliseconds pause { 5 };
    bool isFirst = true;
};

// Asks again and again, 5 ms to 100 ms apart. A thread blocked in flock() could neither be given a deadline
// nor be stopped at the end of the program; what polling costs is at most a tenth of a second, against a
// request that takes longer.
void tryAgain(QObject *context, Attempt attempt)
{
    if (!attempt.reply.owner())
        return;
    auto got = tryLock(attempt.path, std::exchange(attempt.isFirst, false));
    if (!got) {
        attempt.reply(failure(got.error()));
        return;
    }
    if (*got) {
        attempt.reply(*got);
        return;
    }
    if (attempt.deadline.hasExpired()) {
        attempt.reply(failure(LockError { LockError::Kind::TimedOut, attempt.path }));
        return;
    }
    const auto pause = attempt.pause;
    attempt.pause = std::min<std::chrono::milliseconds>(pause * 2, 100ms);
    QTimer::singleShot(pause, Qt::PreciseTimer, context, [context, attempt] { tryAgain(context, attempt); });
}

int openFolder(const QString &folder)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    return ::open(QFile::encodeName(folder).constData(), flags);
}

} // namespace

bool tryFlock(int file)
{
    return ::flock(file, LOCK_EX | LOCK_NB) == 0;
}

Result<std::unique_ptr<FolderLock>, PrivateFileError> FolderLock::take(const QString &folder)
{
    std::unique_ptr<FolderLock> lock(new FolderLock(openFolder(folder)));
    if (lock->m_folder < 0 || ::flock(lock->m_folder, LOCK_EX) != 0)
        return failure(fileError(folder, errno));
    return lock;
}

std::unique_ptr<FolderLock> FolderLock::tryTake(const QString &folder)
{
    std::unique_ptr<FolderLock> lock(new FolderLock(openFolder(folder)));
    return lock->m_folder >= 0 && tryFlock(lock->m_folder) ? std::move(lock) : nullptr;
}

FolderLock::~FolderLock()
{
    if (m_folder >= 0)
        ::close(m_folder);
}

FileLock::FileLock(QString profileFolder, std::chrono::milliseconds longestWait, QObject *parent)
    : QObject(parent), m_profileFolder(std::move(profileFolder)), m_longestWait(longestWait)
{
}

void FileLock::acquire(const QString &key, Reply<LockResult> reply)
{
    const QDeadlineTimer deadline(m_longestWait);
    QTimer::singleShot(0ms, this, [this, key, reply, deadline]() mutable {
        const auto inFolder = folder();
        if (!inFolder)
            reply(failure(inFolder.error()));
        else
            tryAgain(this, { *inFolder + u'/' + fileName(key), reply, deadline });
    });
}

Result<QString, LockError> FileLock::folder() const
{
    auto folder = openRuntimeFolder(m_profileFolder);
    if (!folder)
        return failure(LockError { LockError::Kind::Failed, textOf(folder.error()) });
    return *std::move(folder);
}

} // namespace latchkey
