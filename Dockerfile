# The browser's libraries: the one thing that needs Node, and only while building.
FROM node:22-slim AS libraries
ARG NPM_CONFIG_REGISTRY
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# A virtual environment with the locked requirements and the program, its pages and migrations inside.
FROM python:3.13-slim AS build
ARG PIP_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
RUN python -m venv /opt/board
COPY requirements.txt tools/requirements-build.txt ./
RUN pip install --require-hashes -r requirements-build.txt \
    && /opt/board/bin/pip install --require-hashes -r requirements.txt
COPY . .
COPY --from=libraries /build/node_modules node_modules
RUN python tools/vendor.py \
    && pip wheel --no-deps --no-build-isolation --no-index --wheel-dir dist . \
    && /opt/board/bin/pip install --no-deps --no-index dist/*.whl

FROM python:3.13-slim
# The base image has no bytecode, and nothing is written later: without this each start compiles the standard library.
RUN install -d -o 10001 -g 10001 -m 0700 /data \
    && python -m compileall -q "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"
COPY --from=build /opt/board /opt/board
ENV PATH=/opt/board/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    BOARD_DATA=/data
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# By the shell, which costs two milliseconds of processor time; Python would cost a hundred times that, every few seconds.
# Several processes that start at once on busy cores need a minute or two.
HEALTHCHECK --interval=5s --timeout=5s --start-period=180s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ $status = 200 ]"]
ENTRYPOINT ["board"]
CMD ["serve"]
