FROM python:3.13-slim-bookworm AS build
RUN pip install --no-cache-dir uv
WORKDIR /qala
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY storage storage
COPY handlers handlers
COPY bot bot
RUN uv sync --locked --no-dev --no-editable --python /usr/local/bin/python3

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
