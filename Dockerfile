FROM python:3.13-slim-bookworm AS build
# uv by its version and by what it consists of, for amd64 and arm64.
RUN printf '%s\n' 'uv==0.13.9 \' \
    '--hash=sha256:d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19 \' \
    '--hash=sha256:5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe' >/tmp/uv.txt \
    && pip install --no-cache-dir --only-binary=:all: --require-hashes --requirement /tmp/uv.txt
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON=/usr/local/bin/python3 UV_PYTHON_DOWNLOADS=never
WORKDIR /qala
# The dependencies first: they stay as they are while the program changes.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project
COPY README.md LICENSE* ./
COPY storage storage
COPY handlers handlers
COPY bot bot
RUN uv sync --locked --no-dev --no-editable

FROM python:3.13-slim-bookworm
RUN useradd --system --create-home --home-dir /data qala
COPY --from=build /qala/.venv /qala/.venv
ENV PATH=/qala/.venv/bin:$PATH PYTHONUNBUFFERED=1
# DATABASE_URL's default, sqlite:///qala.db, lies here
WORKDIR /data
VOLUME /data
USER qala
ENTRYPOINT ["qala"]
CMD ["run"]
