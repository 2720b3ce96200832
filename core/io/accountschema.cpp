// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/accountschema.h"

#include "core/io/privatefolder.h"
#include "core/io/sqliteconnection.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;
using Kind = AccountStoreError::Kind;

namespace {

// "Ltch": says which program the file belongs to, to file(1) too.
constexpr int applicationId = 0x4c746368;

AccountStoreError failed(const QString &path, const QString &why)
{
    return { Kind::Failed, u"%1: %2"_s.arg(path, why) };
}

QStringList schemaStatements()
{
    return {
        // Moments are milliseconds since 1970 in UTC; fields, token and problem are JSON objects.
        u"CREATE TABLE account ("
        "id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, provider TEXT NOT "
        "NULL,"
        "fields TEXT NOT NULL, created_at INTEGER, token TEXT, needs_sign_in INTEGER NOT NULL,"
        "last_refresh_at INTEGER, problem TEXT, copy_choice TEXT NOT NULL, kept_in_memory INTEGER NOT NULL)"_s,
        u"CREATE TABLE removal (id TEXT PRIMARY KEY NOT NULL)"_s,
        u"CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)"_s,
        u"PRAGMA application_id=%1"_s.arg(applicationId),
        u"PRAGMA user_version=%1"_s.arg(accountSchemaVersion),
    };
}

Result<void, AccountStoreError> fillEmptyDatabase(const QString &path)
{
    const auto connection = SqliteConnection::open(path);
    if (!connection)
        return failure(connection.error());
    return (*connection)->inTransaction([&connection]() -> Result<void, AccountStoreError> {
        for (const QString &statement : schemaStatements()) {
            if (const auto done = (*connection)->run(statement); !done)
                return failure(done.error());
        }
        return {};
    });
}

#ifdef Q_OS_UNIX

class Descriptor final
{
public:
    Descriptor(const QString &path, int flags, mode_t mode = 0)
        : m_number(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC | O_NOFOLLOW, mode))
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

Result<void, AccountStoreError> makeEmptyFile(const QString &path)
{
    const Descriptor file(path, O_RDWR | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    if (file.number() >= 0 && ::fchmod(file.number(), S_IRUSR | S_IWUSR) == 0) // whatever the umask took away
        return {};
    const int cause = errno;
    const QString word = u"%1: %2"_s.arg(path, qt_error_string(cause));
    if (cause == ENOSPC || cause == EDQUOT)
        return failure(AccountStoreError { Kind::Full, word });
    const bool isReadOnly = cause == EACCES || cause == EROFS || cause == EPERM;
    return failure(AccountStoreError { isReadOnly ? Kind::ReadOnly : Kind::Failed, word });
}

// Made under another name and then renamed, so that profile.sqlite is complete from its first moment: an
// empty profile.sqlite is therefore a damaged one, never a new one (F72). The lock on the folder lets
// one process make it; the others find it made.
Result<void, AccountStoreError> createDatabase(const QString &folder, const QString &path)
{
    const Descriptor lock(folder, O_RDONLY | O_DIRECTORY);
    if (lock.number() < 0 || ::flock(lock.number(), LOCK_EX) != 0)
        return failure(failed(folder, qt_error_string(errno)));
    if (QFileInfo::exists(path) || QFileInfo(path).isSymLink())
        return {};

    const QString unfinished = path + ".new"_L1;
    QFile::remove(unfinished);
    QFile::remove(unfinished + "-journal"_L1);
    if (auto made = makeEmptyFile(unfinished); !made)
        return made;
    auto filled = fillEmptyDatabase(unfinished);
    if (filled
        && ::rename(QFile::encodeName(unfinished).constData(), QFile::encodeName(path).constData()) != 0)
        filled = failure(failed(path, qt_error_string(errno)));
    if (!filled) {
        QFile::remove(unfinished);
        return filled;
    }
    ::fsync(lock.number());
    return {};
}

// By name, never by opening it: closing any descriptor of the file would drop the locks that SQLite
// holds on it through another connection of this process (sqlite.org/howtocorrupt.html, section 2.2).
Result<void, AccountStoreError> checkFile(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat facts = {};
    if (::lstat(name.constData(), &facts) != 0)
        return failure(failed(path, qt_error_string(errno)));
    if (S_ISLNK(facts.st_mode))
        return failure(failed(path, u"a symbolic link"_s));
    if (!S_ISREG(facts.st_mode))
        return failure(failed(path, u"not a regular file"_s));
    if (facts.st_uid != ::geteuid())
        return failure(failed(path, u"belongs to another user"_s));
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        ::chmod(name.constData(), facts.st_mode & S_IRWXU);
    if (::faccessat(AT_FDCWD, name.constData(), R_OK, AT_EACCESS) != 0)
        return failure(failed(path, qt_error_string(errno)));
    if (facts.st_size == 0)
        return failure(AccountStoreError { Kind::Corrupt, u"%1: empty"_s.arg(path) });
    return {};
}

#else

Result<void, AccountStoreError> createDatabase(const QString &, const QString &path)
{
    if (QFileInfo::exists(path))
        return {};
    return fillEmptyDatabase(path);
}

Result<void, AccountStoreError> checkFile(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return failure(failed(path, u"not a regular file"_s));
    return {};
}

#endif

Result<int, AccountStoreError> numberFrom(const SqliteConnection &connection, const QString &pragma)
{
    auto query = connection.run(pragma);
    if (!query)
        return failure(query.error());
    if (!query->next()) {
        if (auto ended = connection.finish(*query); !ended)
            return failure(ended.error());
    }
    return query->value(0).toInt();
}

Result<void, AccountStoreError> checkOrigin(const SqliteConnection &connection, const QString &path)
{
    const auto owner = numberFrom(connection, u"PRAGMA application_id"_s);
    if (!owner)
        return failure(owner.error());
    const auto version = numberFrom(connection, u"PRAGMA user_version"_s);
    if (!version)
        return failure(version.error());
    if (*owner != applicationId || *version < 1)
        return failure(AccountStoreError { Kind::Corrupt, u"%1: not a Latchkey profile"_s.arg(path) });
    if (*version > accountSchemaVersion)
        return failure(AccountStoreError { Kind::Newer, QString::number(*version) });
    return {};
}

} // namespace

Result<std::unique_ptr<SqliteConnection>, AccountStoreError> openAccountDatabase(const QString &folder)
{
    if (const auto usable = ensurePrivateFolder(folder); !usable)
        return failure(AccountStoreError { Kind::Failed, textOf(usable.error()) });
    const QString path = folder + "/profile.sqlite"_L1;
    const bool isThere = QFileInfo::exists(path) || QFileInfo(path).isSymLink();
    if (!isThere) {
        if (auto created = createDatabase(folder, path); !created)
            return failure(created.error());
    }
    if (auto fit = checkFile(path); !fit)
        return failure(fit.error());
    auto connection = SqliteConnection::open(path);
    if (!connection)
        return connection;
    if (auto ours = checkOrigin(**connection, path); !ours)
        return failure(ours.error());
    return connection;
}

} // namespace latchkey
