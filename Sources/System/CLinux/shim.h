// Calls of Linux that take variable arguments, which Swift cannot call, or that hide behind _GNU_SOURCE. That is not
// defined here: it changes fd_set, and two modules that disagree about a type cannot be used in one program.
#pragma once
#include <fcntl.h>
#include <malloc.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/types.h>

// glibc's, behind _GNU_SOURCE.
extern const char *strerrordesc_np(int code);
static inline const char *clinux_words_for(int code) { return strerrordesc_np(code); }
static inline void clinux_name_this_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
static inline int clinux_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }
