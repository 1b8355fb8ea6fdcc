# make try          talk to the bot in a browser, no token needed
#                   (make try PORT=8500, make try ARGS="--fresh --no-browser", or beside another:
#                   make try PORT=8500 ARGS="--folder try-8500")
# make run          the bot on Telegram, with TELEGRAM_BOT_TOKEN from the environment or from .env
# make import       take a list in: make import LIST=storage/datasets/almaty
#                   (make import LIST="my lists/2026.csv" ARGS=--dry-run)
# make test         linters, types and the whole test suite, on all processors
#                   (make test ARGS=tests/storage/words, make test ARGS="-p no:xdist" in one process)
# make lint         linters and types alone      make format    put the code into the house's form
# make coverage     the test suite with the lines that no test runs, and their floor; takes three
#                   times as long
#
# make bench        what benchmarks/answers.py compares with, besides; make setup takes it out again
#
# Needs Python 3.11, 3.12 or 3.13 and git. uv is taken from the machine or put into .uv/; the locked
# dependencies go into .venv/. Nothing outside this folder is touched but uv's own cache.

PYTHON ?=
PORT ?=
ARGS ?=
LIST ?=
# Percent of lines and branches. It only rises, and counts where nothing is skipped.
COVERAGE_FLOOR := 85
# One process more than processors (tests/conftest.py); one that is done takes work from the others.
WORKERS = $(if $(findstring no:xdist,$(ARGS)),,-n auto --dist worksteal)

BIN := .venv/bin

define SETUP
set -eu
fail() { printf 'Error: %s\n' "$$@" >&2; exit 1; }

# The first Python that fits. Others are named, so that the reader sees what was found.
python='' found=''
for name in $${QALA_PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
    version=$$("$$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    case $$version in
        3.11|3.12|3.13) python=$$("$$name" -c 'import sys; print(sys.executable)'); break ;;
        *) found="$$found $$name is $$version;" ;;
    esac
done
[ -n "$$python" ] || fail "Qala needs Python 3.11, 3.12 or 3.13; here$${found:- is none;} install one \
(Debian, Ubuntu: apt install python3 python3-venv) or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"

# An old uv does not know dependency groups; a broken one does not even start.
if uv sync --help 2>/dev/null | grep -q -e --all-groups; then
    uv=uv
else
    uv=.uv/bin/uv
    if ! [ -x "$$uv" ]; then
        echo 'Putting uv into .uv/ ...'
        rm -rf .uv
        "$$python" -m venv .uv >/dev/null 2>&1 && [ -x .uv/bin/pip ] || {
            rm -rf .uv
            fail "this machine has neither uv nor a working $$python -m venv" \
                "Install one of the two: apt install python3-venv (Debian, Ubuntu), or uv: https://docs.astral.sh/uv/"
        }
        .uv/bin/pip install --quiet uv || {
            rm -rf .uv
            fail 'pip could not install uv: see its message above (it needs the package index)'
        }
    fi
fi

# Trust what pip trusts: the machine's certificates, or those named to pip, not uv's own alone.
if [ -n "$${PIP_CERT:-}" ]; then export SSL_CERT_FILE="$${SSL_CERT_FILE:-$$PIP_CERT}"; fi
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
    export UV_SYSTEM_CERTS="$${UV_SYSTEM_CERTS:-1}" UV_NATIVE_TLS="$${UV_NATIVE_TLS:-1}" # new and old name
fi
unset VIRTUAL_ENV
UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never \
    "$$uv" sync --locked --quiet $${QALA_GROUPS:-} --python "$$python" ||
    fail 'the locked dependencies could not be installed: see the message above'
endef
export SETUP
# As it was typed, to the shell by the environment: blanks, quotes and $ in a path are letters there.
export QALA_LIST := $(value LIST)

.PHONY: try run import list test bench setup lint format coverage

try: setup
	@$(BIN)/qala try $(if $(PORT),--port $(PORT)) $(ARGS)

run: setup
	@$(BIN)/qala run $(ARGS)

import: list setup
	@case $$QALA_LIST in '~/'*) QALA_LIST=$$HOME/$${QALA_LIST#'~/'} ;; esac; \
	$(BIN)/qala import $(ARGS) -- "$$QALA_LIST"

list:
	@if [ -z "$$QALA_LIST" ]; then echo 'Error: which list? Name a CSV file or a folder: make import LIST=storage/datasets/almaty' >&2; exit 1; fi

test: lint
	$(BIN)/pytest $(WORKERS) $(ARGS)

coverage: setup
	$(BIN)/pytest $(WORKERS) --cov --cov-report=term-missing --cov-report=html $(if $(and $(QALA_TEST_POSTGRES),$(QALA_TEST_CHROMIUM)),$(if $(ARGS),,--cov-fail-under=$(COVERAGE_FLOOR))) $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench:
	@QALA_PYTHON='$(PYTHON)' QALA_GROUPS='--group bench' sh -c "$$SETUP"

setup:
	@QALA_PYTHON='$(PYTHON)' sh -c "$$SETUP"
