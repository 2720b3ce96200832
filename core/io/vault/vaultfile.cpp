// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfile.h"

#include "core/io/file/privatefolder.h"
#include "core/io/vault/vaultformat.h"
#include "core/io/vault/vaultroom.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace latchkey {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using VaultFault = VaultError::Kind;

// An open file, closed when it dies.
class VaultFile::Descriptor final
{
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() { close(); }
    Q_DISABLE_COPY_MOVE(Descriptor)

    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }
    int close() { return isOpen() ? ::close(std::exchange(m_number, -1)) : 0; }

private:
    int m_number;
};

namespace {

// So that a save of a large vault can be stopped, and tested, between its pieces.
constexpr std::size_t writePiece = 65536;

QByteArray native(const QString &path)
{
    return QFile::encodeName(path);
}

VaultError vaultFileError(const QString &path, int fault)
{
    const QString detail = u"%1: %2"_s.arg(path, qt_error_string(fault));
    switch (fault) {
    case ENOENT: return { VaultFault::Missing, path };
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return { VaultFault::Full, detail };
    case EROFS:
    case EACCES:
    case EPERM: return { VaultFault::ReadOnly, detail };
    case ELOOP: return { VaultFault::Refused, u"%1: a symbolic link"_s.arg(path) };
    default: return { VaultFault::Failed, detail };
    }
}

Result<struct stat, VaultError> vaultFileFacts(const VaultFile::Descriptor &file, const QString &path)
{
    struct stat facts = {};
    if (!file.isOpen() || ::fstat(file.number(), &facts) != 0)
        return failure(vaultFileError(path, errno));
    if (!S_ISREG(facts.st_mode) || facts.st_uid != ::geteuid())
        return failure(
            VaultError { VaultFault::Refused, u"%1: not a regular file of this user"_s.arg(path) });
    return facts;
}

Result<QByteArray, VaultError> readFile(const QString &path)
{
    // Not blocking, so that a FIFO put in the file's place does not hold us up.
    const VaultFile::Descriptor file(
        ::open(native(path).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    const auto facts = vaultFileFacts(file, path);
    if (!facts)
        return failure(facts.error());
    if (facts->st_size > vaultFileLimit)
        return failure(
            VaultError { VaultFault::Damaged, u"%1 bytes, too large for a vault"_s.arg(facts->st_size) });
    QByteArray bytes(facts->st_size, Qt::Uninitialized);
    qsizetype got = 0;
    while (got < bytes.size()) {
        const auto count =
            ::read(file.number(), bytes.data() + got, static_cast<std::size_t>(bytes.size() - got));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(vaultFileError(path, errno));
        if (count == 0)
            break;
        got += count;
    }
    bytes.truncate(got);
    return bytes;
}

bool isThere(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

} // namespace

QString vaultPath(const QString &profileFolder)
{
    return profileFolder + "/secrets.vault"_L1;
}

class VaultFile::Hold final
{
public:
    explicit Hold(int number) : file(number) {}
    Descriptor file;
};

VaultFile::VaultFile(QString path, Fault fault) : m_path(std::move(path)), m_fault(std::move(fault)) {}

bool VaultFile::exists() const
{
    return isThere(m_path) || hasCopy();
}

bool VaultFile::hasCopy() const
{
    return isThere(m_path + ".bak"_L1);
}

Result<QByteArray, VaultError> VaultFile::read() const
{
    return readFile(m_path);
}

Result<std::shared_ptr<VaultFile::Hold>, VaultError> VaultFile::lock(std::chrono::milliseconds patience) const
{
    if (const auto folder = ensurePrivateFolder(QFileInfo(m_path).absolutePath()); !folder)
        return failure(VaultError { VaultFault::Refused, textOf(folder.error()) });
    // A file of its own, which is never deleted: a deleted or replaced one could be locked twice.
    const QString path = m_path + ".lock"_L1;
    const int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    const auto hold = std::make_shared<Hold>(::open(native(path).constData(), flags, S_IRUSR | S_IWUSR));
    if (const auto facts = vaultFileFacts(hold->file, path); !facts)
        return failure(facts.error());
    const QDeadlineTimer deadline(patience);
    auto pause = 2ms;
    while (::flock(hold->file.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return failure(vaultFileError(path, errno));
        if (deadline.hasExpired())
            return failure(VaultError { VaultFault::Busy, path });
        std::this_thread::sleep_for(pause);
        pause = std::min<std::chrono::milliseconds>(pause * 2, 50ms);
    }
    return hold;
}

Result<std::shared_ptr<VaultRoom>, VaultError> VaultFile::makeRoom(qint64 growth) const
{
    VaultRoom::sweep(m_path);
    auto room = std::make_shared<VaultRoom>(m_path);
    const qint64 size = QFileInfo(m_path).size() + growth;
    return tried(VaultStep::MakeRoom, m_path, [&] { return room->reserve(size); }).transform([&] {
        return room;
    });
}

Result<void, VaultError> VaultFile::replace(const QByteArray &bytes, const Check &check, Backup backup,
                                            VaultRoom *room) const
{
    VaultRoom::sweep(m_path);
    const QString fresh = m_path + ".new"_L1;
    const auto renamed = [&]() -> Result<void, VaultError> {
        return tried(VaultStep::Replace, m_path,
                     [&] { return ::rename(native(fresh).constData(), native(m_path).constData()); });
    };
    auto done = writeNew(fresh, bytes, room)
                    .and_then([&] { return verify(fresh, bytes, check); })
                    .and_then([&] { return keepOld(); })
                    .and_then(renamed);
    if (!done) {
        ::unlink(native(fresh).constData());
        return done;
    }
    if (backup == Backup::SameFile)
        done = keepOld();
    return done.and_then([&] { return syncFolder(); });
}

Result<void, VaultError> VaultFile::erase() const
{
    VaultRoom::sweep(m_path, true);
    for (const auto suffix : { ".new"_L1, ".bak.new"_L1, ".bak"_L1, ""_L1 }) {
        const QString path = m_path + suffix;
        if (::unlink(native(path).constData()) != 0 && errno != ENOENT)
            return failure(vaultFileError(path, errno));
    }
    return syncFolder();
}

Result<void, VaultError> VaultFile::tried(VaultStep step, const QString &path,
                                          const std::function<int()> &call) const
{
    if (const int fault = m_fault ? m_fault(step) : 0; fault != 0)
        return failure(vaultFileError(path, fault));
    if (call() != 0)
        return failure(vaultFileError(path, errno));
    return {};
}

Result<void, VaultError> VaultFile::writeNew(const QString &path, const QByteArray &bytes,
                                             VaultRoom *room) const
{
    // Under the lock whatever is there was left behind by a process that died (F78).
    ::unlink(native(path).constData());
    int number = -1;
    auto opened = tried(VaultStep::OpenNew, path, [&] {
        number = room ? room->moveTo(path) : -1;
        if (number < 0) // no room was made, or somebody swept it away
            number = ::open(native(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                            S_IRUSR | S_IWUSR);
        return number < 0 ? -1 : 0;
    });
    if (!opened)
        return opened;
    Descriptor file(number);
    if (auto written = writeAll(number, bytes); !written)
        return written;
    auto synced = tried(VaultStep::SyncNew, path, [&] {
        const int cut = ::ftruncate(number, bytes.size()); // what the room had more of it
        return cut != 0 ? cut : ::fsync(number);
    });
    if (!synced)
        return synced;
    if (file.close() != 0)
        return failure(vaultFileError(path, errno));
    return {};
}

Result<void, VaultError> VaultFile::writeAll(int file, const QByteArray &bytes) const
{
    QByteArrayView rest(bytes);
    while (!rest.isEmpty()) {
        ssize_t count = 0;
        auto written = tried(VaultStep::Write, m_path, [&] {
            do
                count =
                    ::write(file, rest.data(), std::min(static_cast<std::size_t>(rest.size()), writePiece));
            while (count < 0 && errno == EINTR);
            return count < 0 ? -1 : 0;
        });
        if (!written)
            return written;
        rest = rest.sliced(count);
    }
    return {};
}

Result<void, VaultError> VaultFile::verify(const QString &path, const QByteArray &bytes,
                                           const Check &check) const
{
    if (auto reached = tried(VaultStep::Verify, path, [] { return 0; }); !reached)
        return reached;
    const auto written = readFile(path);
    if (!written)
        return failure(written.error());
    if (*written != bytes)
        return failure(VaultError { VaultFault::Failed, u"%1: not what was written"_s.arg(path) });
    return check(*written);
}

Result<void, VaultError> VaultFile::keepOld() const
{
    const QByteArray old = native(m_path);
    const QByteArray copy = native(m_path + ".bak"_L1);
    const QByteArray next = native(m_path + ".bak.new"_L1);
    ::unlink(next.constData());
    bool isLinkable = true;
    auto linked = tried(VaultStep::KeepOld, m_path, [&] {
        if (::link(old.constData(), next.constData()) == 0 || errno == ENOENT)
            return 0; // the first save has nothing to keep
        isLinkable = errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS;
        return isLinkable ? -1 : 0;
    });
    if (!linked)
        return linked;
    // Not every file system knows a second name.
    if (!isLinkable) {
        auto copied =
            read().and_then([&](const QByteArray &bytes) { return writeNew(m_path + ".bak.new"_L1, bytes); });
        if (!copied)
            return copied;
    }
    if (::rename(next.constData(), copy.constData()) != 0 && errno != ENOENT)
        return failure(vaultFileError(m_path, errno));
    // Two names of one file are left alone by rename().
    ::unlink(next.constData());
    return {};
}

Result<void, VaultError> VaultFile::syncFolder() const
{
    const QString path = QFileInfo(m_path).absolutePath();
    return tried(VaultStep::SyncFolder, path, [&] {
        const Descriptor folder(::open(native(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        // Some file systems know no such thing.
        return folder.isOpen() && (::fsync(folder.number()) == 0 || errno == EINVAL) ? 0 : -1;
    });
}

} // namespace latchkey
