// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Loaded into a program (LD_PRELOAD), it counts the calls by which that program changes anything outside of
// itself, and kills it at one of them, as kill -9 would (F75): no handler runs, nothing is flushed.
//
// LATCHKEY_KILL_LOG   a file: gets a line for each such call, "NUMBER KIND WHAT"
// LATCHKEY_KILL_AT    "7": before the seventh call; "7+": right behind it. None: the calls are only told.
// LATCHKEY_KILL_MEMORY  "128": nobody gets a piece of memory of more MiB. Where memory is short a vault is
// made
//                     with less work, so that hundreds of them can be made.
//
// Nothing of what is sent or written goes into the log: only names of D-Bus members, of files, and of the
// act.

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string_view>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

// The members that a secret store's client calls. Everything else on a bus is passed over.
constexpr std::array members { "CreateItem", "SetSecret",     "GetSecrets",  "SearchItems",
                               "Delete",     "writePassword", "removeEntry", "readPassword" };

std::atomic<int> calls = 0;

struct Plan
{
    int at = 0;
    bool isBehind = false;
    int log = -1;
};

const Plan &plan()
{
    static const Plan plan = [] {
        Plan made;
        if (const char *at = std::getenv("LATCHKEY_KILL_AT")) { // NOLINT(concurrency-mt-unsafe)
            made.at = std::atoi(at);
            made.isBehind = std::strchr(at, '+') != nullptr;
        }
        if (const char *log = std::getenv("LATCHKEY_KILL_LOG")) // NOLINT(concurrency-mt-unsafe)
            made.log = static_cast<int>(
                ::syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
        return made;
    }();
    return plan;
}

void tell(int number, const char *kind, const char *what)
{
    std::array<char, 512> line {};
    const int size = std::snprintf(line.data(), line.size(), "%d %s %s\n", number, kind, what);
    if (plan().log >= 0 && size > 0)
        static_cast<void>(::syscall(SYS_write, plan().log, line.data(), static_cast<std::size_t>(size)));
}

void killNow()
{
    ::kill(::getpid(), SIGKILL);
    while (true)
        ::pause();
}

// One call: told and counted when it begins, so that the log's last line is the one that was reached.
class Call
{
public:
    Call(const char *kind, const char *what) : m_number(++calls)
    {
        const int saved = errno;
        if (plan().at == m_number && !plan().isBehind)
            killNow();
        tell(m_number, kind, what);
        errno = saved;
    }
    ~Call()
    {
        if (plan().at == m_number && plan().isBehind)
            killNow();
    }
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;

private:
    int m_number;
};

// The function of this name that would have been called without us.
template <typename Function>
Function *next(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

const char *baseName(const char *path)
{
    const char *slash = std::strrchr(path, '/');
    return slash ? slash + 1 : path;
}

enum class Sort { Nothing, File, Bus, Network };

Sort sortOf(int descriptor)
{
    const int saved = errno;
    struct stat facts = {};
    Sort sort = Sort::Nothing;
    if (::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode))
        sort = Sort::File;
    int domain = 0;
    socklen_t size = sizeof domain;
    if (S_ISSOCK(facts.st_mode) && ::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0)
        sort = domain == AF_UNIX ? Sort::Bus : Sort::Network;
    errno = saved;
    return sort;
}

struct FileName
{
    explicit FileName(int descriptor)
    {
        const int saved = errno;
        std::array<char, 64> link {};
        std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
        const auto size = ::readlink(link.data(), path.data(), path.size() - 1);
        path[size > 0 ? static_cast<std::size_t>(size) : 0] = '\0';
        errno = saved;
    }
    [[nodiscard]] const char *name() const { return baseName(path.data()); }
    std::array<char, PATH_MAX> path {};
};

const char *memberIn(const void *bytes, std::size_t size)
{
    const std::string_view text(static_cast<const char *>(bytes), size);
    for (const char *member : members) {
        if (text.find(member) != std::string_view::npos)
            return member;
    }
    return nullptr;
}

// Does `act`, as a counted call where the bytes go to a file, a token endpoint or a secret store.
template <typename Act>
auto sending(int descriptor, const void *bytes, std::size_t size, const Act &act)
{
    switch (sortOf(descriptor)) {
    case Sort::File: {
        if (descriptor == plan().log)
            break;
        const FileName file(descriptor);
        const Call call("write", file.name());
        return act();
    }
    case Sort::Network: {
        const Call call("send", "request");
        return act();
    }
    case Sort::Bus:
        if (const char *member = memberIn(bytes, size)) {
            const Call call("ask", member);
            return act();
        }
        break;
    case Sort::Nothing: break;
    }
    return act();
}

template <typename Act>
auto receiving(int descriptor, const Act &act)
{
    // Read byte by byte, an answer is one call all the same; the first of its bytes tells that it came.
    static std::atomic<bool> isRead = false;
    const auto got = act();
    if (got > 0 && sortOf(descriptor) == Sort::Network && !isRead.exchange(true))
        const Call call("read", "answer");
    return got;
}

bool isTooMuch(std::size_t size)
{
    static const char *const limit = std::getenv("LATCHKEY_KILL_MEMORY"); // NOLINT(concurrency-mt-unsafe)
    return limit && size / 1048576 > static_cast<std::size_t>(std::atoi(limit));
}

template <typename Act>
auto changing(const char *kind, const char *path, const Act &act)
{
    const Call call(kind, baseName(path));
    return act();
}

} // namespace

extern "C" {

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    static auto *const real = next<ssize_t(int, const void *, size_t)>("write");
    return sending(descriptor, bytes, size, [&] { return real(descriptor, bytes, size); });
}

ssize_t writev(int descriptor, const iovec *parts, int count)
{
    static auto *const real = next<ssize_t(int, const iovec *, int)>("writev");
    return sending(descriptor, parts->iov_base, parts->iov_len,
                   [&] { return real(descriptor, parts, count); });
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t at)
{
    static auto *const real = next<ssize_t(int, const void *, size_t, off64_t)>("pwrite64");
    return sending(descriptor, bytes, size, [&] { return real(descriptor, bytes, size, at); });
}

ssize_t send(int descriptor, const void *bytes, size_t size, int flags)
{
    static auto *const real = next<ssize_t(int, const void *, size_t, int)>("send");
    return sending(descriptor, bytes, size, [&] { return real(descriptor, bytes, size, flags); });
}

ssize_t sendto(int descriptor, const void *bytes, size_t size, int flags, const sockaddr *to,
               socklen_t length)
{
    static auto *const real =
        next<ssize_t(int, const void *, size_t, int, const sockaddr *, socklen_t)>("sendto");
    return sending(descriptor, bytes, size, [&] { return real(descriptor, bytes, size, flags, to, length); });
}

ssize_t sendmsg(int descriptor, const msghdr *message, int flags)
{
    static auto *const real = next<ssize_t(int, const msghdr *, int)>("sendmsg");
    const bool hasParts = message->msg_iovlen > 0;
    return sending(descriptor, hasParts ? message->msg_iov->iov_base : nullptr,
                   hasParts ? message->msg_iov->iov_len : 0,
                   [&] { return real(descriptor, message, flags); });
}

ssize_t read(int descriptor, void *bytes, size_t size)
{
    static auto *const real = next<ssize_t(int, void *, size_t)>("read");
    return receiving(descriptor, [&] { return real(descriptor, bytes, size); });
}

ssize_t recv(int descriptor, void *bytes, size_t size, int flags)
{
    static auto *const real = next<ssize_t(int, void *, size_t, int)>("recv");
    return receiving(descriptor, [&] { return real(descriptor, bytes, size, flags); });
}

int connect(int descriptor, const sockaddr *address, socklen_t length)
{
    static auto *const real = next<int(int, const sockaddr *, socklen_t)>("connect");
    if (address->sa_family == AF_UNIX)
        return real(descriptor, address, length);
    return changing("connect", "vendor", [&] { return real(descriptor, address, length); });
}

int fsync(int descriptor)
{
    static auto *const real = next<int(int)>("fsync");
    const FileName file(descriptor);
    return changing("sync", file.name(), [&] { return real(descriptor); });
}

int fdatasync(int descriptor)
{
    static auto *const real = next<int(int)>("fdatasync");
    const FileName file(descriptor);
    return changing("sync", file.name(), [&] { return real(descriptor); });
}

int ftruncate64(int descriptor, off64_t size) noexcept
{
    static auto *const real = next<int(int, off64_t)>("ftruncate64");
    const FileName file(descriptor);
    return changing("cut", file.name(), [&] { return real(descriptor, size); });
}

int flock(int descriptor, int operation) noexcept
{
    static auto *const real = next<int(int, int)>("flock");
    const FileName file(descriptor);
    return changing("lock", file.name(), [&] { return real(descriptor, operation); });
}

int unlink(const char *path) noexcept
{
    static auto *const real = next<int(const char *)>("unlink");
    return changing("unlink", path, [&] { return real(path); });
}

int link(const char *from, const char *to) noexcept
{
    static auto *const real = next<int(const char *, const char *)>("link");
    return changing("link", to, [&] { return real(from, to); });
}

int rename(const char *from, const char *to) noexcept
{
    static auto *const real = next<int(const char *, const char *)>("rename");
    return changing("rename", to, [&] { return real(from, to); });
}

int mkdir(const char *path, mode_t mode) noexcept
{
    static auto *const real = next<int(const char *, mode_t)>("mkdir");
    return changing("mkdir", path, [&] { return real(path, mode); });
}

void *mmap(void *at, size_t size, int protection, int flags, int descriptor, off_t offset) noexcept
{
    // What is only set aside, as the heap of a thread is, is no memory yet.
    if (protection != PROT_NONE && isTooMuch(size)) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    // Nobody is looked up here: a library that is just being loaded may ask, too.
    return reinterpret_cast<void *>(::syscall(SYS_mmap, at, size, protection, flags, descriptor, offset));
}

} // extern "C"
