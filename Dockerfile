# Two images, from committed scripts alone.
#
#   docker build --target studio --tag ecomusee-studio .   makes a museum's releases
#   docker build --tag ecomusee .                          serves one
#
# PIP_INDEX_URL and NPM_CONFIG_REGISTRY, given as build arguments, name a museum's own mirrors.

FROM debian:trixie-slim AS base
WORKDIR /setup
COPY scripts/docker/base.sh scripts/docker/
RUN scripts/docker/base.sh

FROM base AS wheel
ARG PIP_INDEX_URL
ARG NPM_CONFIG_REGISTRY
COPY . .
RUN scripts/build-wheel

FROM base AS installed
ARG PIP_INDEX_URL
COPY requirements requirements
COPY scripts scripts
COPY --from=wheel /setup/dist dist
RUN scripts/docker/serve.sh
ENV PATH=/opt/ecomusee/bin:/usr/local/bin:/usr/bin:/bin

# The museum's folder, at /museum, and its releases, at /museum/build.
FROM installed AS studio
ARG PIP_INDEX_URL
RUN scripts/docker/studio.sh
WORKDIR /museum
USER ecomusee
ENTRYPOINT ["ecomusee"]
CMD ["build"]

# A museum's releases, read-only, at /release: build/<museum> as the studio made it.
FROM installed AS serve
WORKDIR /release
USER ecomusee
EXPOSE 8080
HEALTHCHECK --start-period=10s CMD ["python3", "/setup/scripts/docker/healthcheck.py"]
CMD ["ecomusee", "serve", "--release", "/release", "--host", "0.0.0.0", "--port", "8080"]
