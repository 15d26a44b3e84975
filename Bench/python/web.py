"""The usual Python way of answering /health/live: Flask under gunicorn."""
from flask import Flask

app = Flask(__name__)


@app.get("/health/live")
def live():
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
