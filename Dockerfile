# Two stages: Swift's image builds one binary with the Swift runtime linked in; Debian's slim image runs it with the few
# system libraries it needs. It works on amd64 and arm64 alike, as both base images exist for both.

FROM swift:6.3.1-bookworm AS build
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        libwebsockets-dev libcurl4-openssl-dev libsqlite3-dev libssl-dev libexpat1-dev libpango1.0-dev \
        libturbojpeg0-dev libgif-dev libpng-dev zlib1g-dev libzstd-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Package.swift VERSION ./
COPY Sources Sources
COPY commands commands
COPY Bench Bench
COPY Tests Tests
RUN swift build -c release --static-swift-stdlib --product autoplex --explicit-target-dependency-import-check error \
    && install -D -m 0755 .build/release/autoplex /out/autoplex \
    && strip --strip-unneeded /out/autoplex

FROM debian:bookworm-slim
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        libwebsockets17 libcurl4 libsqlite3-0 libexpat1 zlib1g libzstd1 ca-certificates tzdata \
        libpangocairo-1.0-0 libturbojpeg0 libgif7 libpng16-16 \
        fonts-inter fonts-noto-core fonts-wqy-microhei fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir /config
COPY --from=build /out/autoplex /usr/local/bin/autoplex
COPY Tools/container-start /usr/local/bin/container-start

# `make image` gives it: what is shown of an image without starting it.
ARG VERSION=unknown
LABEL org.opencontainers.image.title="Autoplex" \
      org.opencontainers.image.description="One Discord bot for people who share a Plex server" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.licenses="MIT"

ENV CONFIG_DIR=/config HTTP_HOST=0.0.0.0 HTTP_PORT=8642
VOLUME /config
EXPOSE 8642
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["autoplex", "healthcheck"]
ENTRYPOINT ["container-start"]
CMD ["run"]
