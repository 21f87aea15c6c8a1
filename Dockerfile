# The browser's libraries: the one thing that needs Node, and only while building.
FROM node:22-slim AS libraries
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# A virtual environment with the locked requirements and the program, its pages and migrations inside.
FROM python:3.13-slim AS build
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
RUN install -d -o 10001 -g 10001 -m 0700 /data
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
HEALTHCHECK --interval=5s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/readyz', timeout=4)"]
ENTRYPOINT ["board"]
CMD ["serve"]
