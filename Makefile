# REAT.  make [all demo check asan valgrind ports lint fuzz bench nightly
# install uninstall dist clean]
# GNU make.  Another build beside the first: make B=build/asan CFLAGS=...

VERSION  = 0.1.0
B       ?= build
PREFIX  ?= /usr/local
BINDIR   = $(PREFIX)/bin
MANDIR   = $(PREFIX)/share/man
SHAREDIR = $(PREFIX)/share/reat
# where the shells look for completions
BASHDIR  = $(PREFIX)/share/bash-completion/completions
ZSHDIR   = $(PREFIX)/share/zsh/site-functions
FISHDIR  = $(PREFIX)/share/fish/vendor_completions.d
FOLDERS  = "$(DESTDIR)$(BINDIR)" "$(DESTDIR)$(MANDIR)" \
           "$(DESTDIR)$(SHAREDIR)" "$(DESTDIR)$(BASHDIR)" \
           "$(DESTDIR)$(ZSHDIR)" "$(DESTDIR)$(FISHDIR)"

CC      ?= cc
CFLAGS  ?= -O2 -g
# with sanitizers, loops stay scalar: clang need not warn
SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
           -fno-sanitize-recover=all -Wno-pass-failed
# an enum of whole numbers is a good constant beside doubles, too
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
           -Wmissing-prototypes -Wstrict-prototypes \
           -Wno-enum-float-conversion $(if $(CI),-Werror)
PKGS     = libfyaml libpcre2-8 libutf8proc openblas
# what the compiler makes programs for, x86_64-linux-gnu: the machine (x86_64,
# aarch64, s390x, ...), and the system if something depends on it
TARGET  := $(shell $(CC) -dumpmachine)
MACHINE := $(firstword $(subst -, ,$(TARGET)))
SYSTEM  := $(strip $(foreach s,darwin macos netbsd, \
           $(if $(findstring $(s),$(TARGET)),$(s))))
# no fast-math and no contraction: scores must add up, on every path alike; where
# a compiler computes floats in more than float, it is told not to (math/cpu.h)
STD      = -std=c11 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 \
           $(SHOW_$(SYSTEM)) -ffp-contract=off -fno-math-errno \
           $(EXACT_$(MACHINE))
# macOS hides O_NOFOLLOW from who asks for POSIX, NetBSD dirfd
SHOW_darwin = -D_DARWIN_C_SOURCE
SHOW_macos  = $(SHOW_darwin)
SHOW_netbsd = -D_NETBSD_SOURCE
EXACT_s390x = -fexcess-precision=fast
EXACT_i386  = -msse2 -mfpmath=sse
EXACT_i486  = $(EXACT_i386)
EXACT_i586  = $(EXACT_i386)
EXACT_i686  = $(EXACT_i386)
DEFS     = -DREAT_VERSION='"$(VERSION)"' -DREAT_SHAREDIR='"$(SHAREDIR)"'
ALLFLAGS = $(STD) $(WARN) $(DEFS) $(CPPFLAGS) $(CFLAGS) -Ilib \
           -pthread $(shell pkg-config --cflags $(PKGS)) -MMD -MP
# a filter links only what it uses
NEEDED   = -Wl,$(if $(filter darwin macos,$(SYSTEM)),-dead_strip_dylibs,--as-needed)
ALLLIBS  = $(NEEDED) $(LDFLAGS) $(shell pkg-config --libs $(PKGS)) \
           -lcsv -lm -pthread

FILTERS  = $(patsubst cmd/%.c,$(B)/%,$(wildcard cmd/*.c))
SCRIPTS  = $(patsubst cmd/%.sh,$(B)/%,$(wildcard cmd/*.sh))
LIBOBJ   = $(patsubst lib/%.c,$(B)/lib/%.o,$(wildcard lib/*/*.c))
UNITS    = $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*/*.c))
BENCHES  = $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/*.c))

all: $(FILTERS) $(SCRIPTS)

demo:
	@echo building; $(MAKE) -s all
	@sh examples/demo.sh

# everything, with all cores; bad input once more under the sanitizers, and what
# another compiler makes of the source (tests/compilers.bats)
JOBS     = -j$(shell getconf _NPROCESSORS_ONLN)
OTHER    = $(if $(findstring clang,$(CC)),gcc,clang)
check:
	@echo building; $(MAKE) -s $(JOBS) all units
	@echo building with sanitizers; \
	    $(MAKE) -s $(JOBS) B=$(B)/asan CFLAGS="$(SANITIZE)" all
	@! command -v $(OTHER) >/dev/null || { echo building with $(OTHER); \
	    $(MAKE) -s $(JOBS) B=$(B)/other CC=$(OTHER) all units; }
	@sh tests/run $(B)

units: $(UNITS) $(BENCHES) $(B)/fault/shim.so

asan:
	$(MAKE) B=$(B)/asan CFLAGS="$(SANITIZE)" all units
	@CFLAGS="$(SANITIZE)" sh tests/run $(B)/asan

valgrind: all
	@sh tests/valgrind $(B)

# AArch64 and s390x, under qemu
ports: all
	@sh tests/ports $(B)

lint:
	@sh tests/lint

bench: $(BENCHES)
fuzz bench: all
	@sh tests/$@/run $(B)

# all that, in a night or in MINUTES=, and one table
nightly: all
	@sh tests/nightly/run $(B) $(MINUTES)

$(B)/%: $(B)/cmd/%.o $(B)/libreat.a
	$(CC) $(CFLAGS) -o $@ $^ $(ALLLIBS)

$(B)/%: cmd/%.sh
	@mkdir -p $(@D)
	sed 's|@VERSION@|$(VERSION)|' $< >$@ && chmod +x $@

$(B)/unit/%: $(B)/tests/unit/%.o $(B)/libreat.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^ $(ALLLIBS)

$(B)/bench/%: $(B)/tests/bench/%.o $(B)/libreat.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^ $(ALLLIBS)

# makes system calls fail (tests/fault/run); without a sanitizer, as other
# programs load it, too
$(B)/fault/shim.so: tests/fault/shim.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(filter-out -fsanitize%,$(ALLFLAGS)) -fPIC -shared -o $@ $< -ldl

$(B)/libreat.a: $(LIBOBJ)
	rm -f $@ && $(AR) rcs $@ $^

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(ALLFLAGS) -c -o $@ $<

# vectorised; no floating-point exception is looked at, so none must be kept
PATHS    = baseline v3 v4 neon
VECTORS  = math/packed math/product train/learner \
           $(PATHS:%=math/lanes_%) $(PATHS:%=math/packed_%)
$(VECTORS:%=$(B)/lib/%.o): ALLFLAGS += -O3 -fno-trapping-math

# a file for a path of math/cpu.h is compiled for that path, whatever CFLAGS say
ifeq ($(MACHINE),x86_64)
$(B)/lib/math/%_v3.o: ALLFLAGS += -march=x86-64-v3
$(B)/lib/math/%_v4.o: ALLFLAGS += -march=x86-64-v4 -mprefer-vector-width=512
endif

# what the unit tests share lies beside their rooms
$(UNITS:$(B)/unit/%=$(B)/tests/unit/%.o): ALLFLAGS += -Itests/unit

# changed flags rebuild everything
$(B)/flags: FORCE
	@mkdir -p $(B)
	@echo '$(CC) $(subst ','"'"',$(ALLFLAGS))' | cmp -s - $@ || \
	    echo '$(CC) $(subst ','"'"',$(ALLFLAGS))' >$@

install: all
	sh tests/install $(B) $(FOLDERS)

uninstall:
	sh tests/install -u $(FOLDERS)

# the committed files, the same bytes each time
dist:
	sh tests/dist reat-$(VERSION) $(B)/reat-$(VERSION).tar.gz

clean:
	rm -rf build

.PHONY: all demo check units asan valgrind ports lint fuzz bench nightly \
        install uninstall dist clean FORCE
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
