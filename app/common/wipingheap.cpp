// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every block of memory is overwritten when it is freed: Qt's strings and text layouts, JSON documents,
// GLib's and D-Bus' messages hold copies of secrets that no code of ours can reach (R50).
// A program that is linked with this file has it; sanitizers bring a heap of their own.
// mallopt(M_PERTURB) is not enough: glibc 2.36 leaves up to seven freed blocks of each size up to 1,032 bytes
// as they were (its per-thread cache), and tokens are of that size.

#include <cstddef>
#include <cstdint>

#if defined(__linux__) && defined(__GLIBC__)

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <malloc.h>

namespace {

// The system's own, or what was put in front of it; looked up by name, so that a debugger of memory stays in
// charge of the blocks that it gave out.
using Free = void (*)(void *);

Free nextFree() noexcept
{
    static std::atomic<Free> found = nullptr;
    static thread_local bool isLooking = false;
    if (Free known = found.load(std::memory_order_acquire))
        return known;
    if (isLooking)
        return nullptr; // what the look-up itself gives back: a few bytes, once
    isLooking = true;
    const auto next = reinterpret_cast<Free>(::dlsym(RTLD_NEXT, "free"));
    isLooking = false;
    found.store(next, std::memory_order_release);
    return next;
}

} // namespace

extern "C" {

__attribute__((visibility("default"))) void free(void *block) noexcept
{
    if (block == nullptr)
        return;
    const int error = errno; // free() keeps it
    ::explicit_bzero(block, ::malloc_usable_size(block));
    if (const Free next = nextFree())
        next(block);
    errno = error;
}

// The system's own would give an outgrown block back without asking us.
__attribute__((visibility("default"))) void *realloc(void *block, std::size_t size) noexcept
{
    if (block == nullptr)
        return std::malloc(size);
    if (size == 0) {
        std::free(block);
        return nullptr;
    }
    const std::size_t had = ::malloc_usable_size(block);
    if (size <= had && size > had / 2) {
        ::explicit_bzero(static_cast<char *>(block) + size, had - size);
        return block;
    }
    void *moved = std::malloc(size);
    if (moved == nullptr)
        return nullptr;
    std::memcpy(moved, block, std::min(had, size));
    std::free(block);
    return moved;
}

} // extern "C"

#endif
