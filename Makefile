# lineal: build, check and install. `make help` lists the targets.

BUILD   ?= build
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
WERROR  ?= -Werror
Q       := $(if $(V),,@)# `make V=1` shows the commands
VERSION := $(shell sed -n 's/^\#define LINEAL_VERSION "\(.*\)"/\1/p' \
	cmd/lineal/version.h)

# Debian packages that the program, its tests and its manual need.
DEPS_BUILD := gcc libc6-dev pkg-config libcsv-dev libpcre2-dev libyaml-dev \
	libxxhash-dev nettle-dev zlib1g-dev libzstd-dev libsmartcols-dev \
	libunistring-dev tzdata
DEPS_TEST  := $(DEPS_BUILD) libcriterion-dev groff-base mandoc jq sqlite3 \
	zstd gzip universal-ctags locales-all

PKGS := libpcre2-8 yaml-0.1 nettle zlib libzstd smartcols
# Expanded on first use, so that `make deps` runs before pkg-config is there.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(shell pkg-config --libs $(PKGS)) -lcsv -lunistring)$(PKG_LIBS)

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wformat=2 -Wcast-qual -Wundef -Wpointer-arith $(WERROR)
OURS  = -std=gnu17 -Icore -Icmd -ffp-contract=off -pthread $(WARN) $(EXTRA)
SHARE = -DLINEAL_SHARE='"$(PREFIX)/share/lineal"'

CORE_SRC  := $(filter-out %_test.c %_fuzz.c,$(wildcard core/*/*.c))
CORE_TEST := $(wildcard core/*/*_test.c)
CORE_FUZZ := $(wildcard core/*/*_fuzz.c)
HEADERS   := $(wildcard core/*/*.h cmd/*/*.h)
PROGRAMS  := $(sort $(patsubst cmd/%/,%,$(dir $(wildcard cmd/*/main.c))))

CORE_OBJ := $(CORE_SRC:%.c=$(BUILD)/%.o)
TEST_OBJ := $(CORE_TEST:%.c=$(BUILD)/%.o)
CMD_SRC   = $(filter-out %_test.c,$(wildcard cmd/$(1)/*.c))
CMD_OBJ   = $(patsubst %.c,$(BUILD)/%.o,$(call CMD_SRC,$(1)))
CMD_TESTS := $(sort $(patsubst cmd/%/,%,$(dir $(wildcard cmd/*/*_test.c))))

.PHONY: all check test demo deps unit golden truth real layers globals headers \
	docs asan tsan fuzz tidy format bench cov install clean help
.DELETE_ON_ERROR:

all: $(PROGRAMS:%=$(BUILD)/%) ## build every program into build/

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "cc $<"
	$(Q)$(CC) $(OURS) $(SHARE) $(PKG_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/core.a: $(CORE_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

define program_rule
$(BUILD)/$(1): $(call CMD_OBJ,$(1)) $(BUILD)/core.a
	@echo "link $$@"
	$$(Q)$$(CC) $$(CFLAGS) $$(LDFLAGS) -pthread -o $$@ $$^ $$(PKG_LIBS) -lm
endef
$(foreach p,$(PROGRAMS),$(eval $(call program_rule,$(p))))

$(BUILD)/unit: $(TEST_OBJ) $(BUILD)/core.a
	@echo "link $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -pthread -o $@ $^ -lcriterion $(PKG_LIBS) -lm

define program_test_rule
$(BUILD)/unit-$(1): $(patsubst %.c,$(BUILD)/%.o,$(wildcard cmd/$(1)/*_test.c)) \
		$(filter-out %/main.o,$(call CMD_OBJ,$(1))) $(BUILD)/core.a
	@echo "link $$@"
	$$(Q)$$(CC) $$(CFLAGS) $$(LDFLAGS) -pthread -o $$@ $$^ -lcriterion $$(PKG_LIBS) -lm
endef
$(foreach p,$(CMD_TESTS),$(eval $(call program_test_rule,$(p))))

-include $(wildcard $(BUILD)/core/*/*.d $(BUILD)/cmd/*/*.d)

unit: $(BUILD)/unit $(CMD_TESTS:%=$(BUILD)/unit-%) ## run the unit tests
	@for t in $^; do ./$$t || exit 1; done

golden: all ## run the command-line cases of testdata/golden
	@LINEAL_BUILD="$(BUILD)" sh testdata/golden.sh

truth: all ## generated data against its truth file and against SQL
	@LINEAL_BUILD="$(BUILD)" sh testdata/truth.sh

real: all ## known figures of real data, where that is at hand
	@LINEAL_BUILD="$(BUILD)" sh testdata/real.sh

layers: all ## who may include and call whom
	@awk -f core/layers.awk core/LAYERS $(wildcard core/*/*.[ch] cmd/*/*.[ch])
	@nm -uA $(CORE_OBJ) $(foreach p,$(PROGRAMS),$(call CMD_OBJ,$(p))) | \
		awk -v build="$(BUILD)/" -f core/calls.awk core/LAYERS -
	@echo "layers: ok"

globals: $(BUILD)/core.a ## no writable data in core
	@size -A $(CORE_OBJ) | awk '/:$$/ { file = $$1 } \
		/^\.(t?data|t?bss)/ && $$1 !~ /^\.data\.rel\.ro/ && $$2 > 0 { \
			print file " has " $$2 " bytes of " $$1; bad = 1 } \
		END { exit bad }'
	@echo "globals: ok"

headers: ## each header compiles alone
	@for h in $(HEADERS); do \
		$(CC) $(OURS) $(SHARE) $(PKG_CFLAGS) -fsyntax-only -x c $$h || exit 1; \
	done
	@echo "headers: ok"

docs: all ## manual pages, paths in documents, options against the manual
	@LINEAL_BUILD="$(BUILD)" sh testdata/docs.sh

check: layers globals headers docs unit golden truth real ## every test, with what is installed
	@echo "check: ok"

deps: ## install the Debian packages that the build and the tests need
	@sh .ci/deps $(DEPS_TEST)

test: deps ## install what is needed, then run every test
	@$(MAKE) --no-print-directory check

demo: ## install what is needed, build, and run the main job on sample data
	@sh .ci/deps $(DEPS_BUILD)
	@$(MAKE) --no-print-directory all
	@LINEAL_BUILD="$(BUILD)" sh testdata/demo.sh

# The sanitizers take memory themselves, and end at a limit in their own way.
SANITIZED_SKIP := max-memory
SMALL := -DARENA_BLOCK=64 -DARENA_MAPPED=SIZE_MAX -DINTERN_FIRST=4 \
	-DCHUNK_MIN=16 -DSCAN_WINDOW=64 -DRUNS_BLOCK=3 -DSETS_SCAN_WORDS=1 \
	-DPIECE_BYTES=1024 -DWAVE_BYTES=4096

asan: ## unit and golden tests under address and undefined-behaviour sanitizers
	@rm -f build-asan/log.*; mkdir -p build-asan
	@ASAN_OPTIONS=log_path=$(CURDIR)/build-asan/log \
	SKIP="$(SANITIZED_SKIP)" \
	$(MAKE) --no-print-directory BUILD=build-asan \
		CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" \
		EXTRA="$(SMALL) -DINTERN_SEED=$$$$" unit golden truth
	@if ls build-asan/log.* >/dev/null 2>&1; then cat build-asan/log.*; exit 1; fi
	@echo "asan: ok"

tsan: ## golden tests under the thread sanitizer
	@rm -f build-tsan/log.*; mkdir -p build-tsan
	@TSAN_OPTIONS=log_path=$(CURDIR)/build-tsan/log \
	SKIP="$(SANITIZED_SKIP)" \
	$(MAKE) --no-print-directory BUILD=build-tsan \
		CFLAGS="-O1 -g -fsanitize=thread" EXTRA="$(SMALL)" golden
	@if ls build-tsan/log.* >/dev/null 2>&1; then cat build-tsan/log.*; exit 1; fi
	@echo "tsan: ok"

FUZZ_SECONDS ?= 10

fuzz: ## every fuzzer for FUZZ_SECONDS, with clang
	@FUZZ_SECONDS=$(FUZZ_SECONDS) FUZZ_FLAGS="$(filter-out -Werror,$(OURS)) $(PKG_CFLAGS)" \
		FUZZ_LIBS="$(PKG_LIBS) -lm" sh testdata/fuzz.sh $(CORE_FUZZ)

TIDY = $(CORE_SRC) $(foreach p,$(PROGRAMS),$(call CMD_SRC,$(p)))

tidy: $(TIDY:%=$(BUILD)/tidy/%) ## clang-tidy, one file per process
	@echo "tidy: ok"

$(BUILD)/tidy/%: %
	@mkdir -p $(@D)
	$(Q)clang-tidy --quiet $< -- $(OURS) $(SHARE) $(PKG_CFLAGS) 2>/dev/null
	@touch $@

format: ## clang-format every source file
	@clang-format -i $(wildcard core/*/*.[ch] cmd/*/*.[ch])

bench: all ## the same questions to DuckDB and others: equal answers, then ratios
	@LINEAL_BUILD="$(BUILD)" sh cmd/bench/bench.sh

cov: ## line coverage of the unit and golden tests by gcov
	@$(MAKE) --no-print-directory BUILD=build-cov CFLAGS="-O0 -g --coverage" \
		LDFLAGS=--coverage unit golden
	@cd build-cov && find . -name '*.gcda' | grep -v _test | \
		xargs gcov -n 2>/dev/null | \
		awk '/^File .core|^File .cmd/ { f = $$2 } \
			/^Lines executed/ && f { print substr($$2, 10), $$4, f; f = "" }' | \
		sort -n

install: all ## install into DESTDIR and PREFIX
	@BUILD="$(BUILD)" DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" sh .ci/install

clean: ## remove the build folders
	rm -rf build build-asan build-tsan build-cov build-fuzz

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-9s %s\n", $$1, $$2 }' Makefile
