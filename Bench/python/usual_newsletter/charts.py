"""The charts of an issue and the one of each person, with matplotlib: PNG of 600 points at twice the pixels, and a GIF."""
import io
import tempfile

import matplotlib
import networkx as nx
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image, ImageDraw, ImageFont

matplotlib.rcParams.update({
    "font.size": 9, "text.color": "#eef1f6", "axes.labelcolor": "#a9b3c2", "xtick.color": "#a9b3c2",
    "ytick.color": "#a9b3c2", "axes.edgecolor": "#343b48", "axes.facecolor": "#1a1e26", "figure.facecolor": "#1a1e26",
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlelocation": "left"})
GOLD, BLUE, GREY = "#f2a93b", "#56b4e9", "#4a5262"
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def sheet(title, height=3.0, left=0.08):
    # Figure without pyplot: nothing is remembered that would have to be closed.
    figure = Figure(figsize=(6, height), dpi=100)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((left, 0.14, 0.96 - left, 0.72))
    axes.set_title(title, fontsize=13, fontweight="bold")
    return figure, axes


def png(figure):
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=200)
    return file.getvalue()


def columns(title, now, before, height=3.0, measure=1):
    figure, axes = sheet(title, height)
    places = np.arange(len(now))
    axes.bar(places, np.asarray(before) / measure, width=0.8, color=GREY)
    axes.bar(places, np.asarray(now) / measure, width=0.5, color=GOLD)
    axes.set_xticks(places, DAYS)
    return png(figure)


def bars(title, names, values):
    figure, axes = sheet(title, 0.8 + 0.32 * len(names), left=0.32)
    places = np.arange(len(names))
    found = axes.barh(places, values, color=GOLD)
    axes.set_yticks(places, names)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.margins(x=0.2)
    axes.bar_label(found, [f" {span(value)}" for value in values], color="#eef1f6")
    return png(figure)


def heat(title, hours):
    figure, axes = sheet(title)
    axes.imshow(hours, cmap="cividis", aspect="auto")
    axes.set_yticks(range(7), DAYS)
    axes.set_xticks(range(0, 24, 3))
    return png(figure)


def shares(title, parts):
    figure, axes = sheet(title, 1.6)
    left = 0
    for (name, value), colour in zip(parts, ("#3fb68b", BLUE, GOLD, "#d98cb3")):
        axes.barh(0, value, left=left, color=colour, label=f"{name} {value}")
        left += value
    axes.set_axis_off()
    axes.legend(ncols=4, loc="lower center", bbox_to_anchor=(0.5, -0.25), frameon=False)
    return png(figure)


def network(title, common):
    """`common`: pairs of a title and the people who played it."""
    graph = nx.Graph((f"• {name}", person) for name, people in common for person in people)
    figure, axes = sheet(title, 5)
    place = nx.spring_layout(graph, seed=1)
    colours = [GOLD if node.startswith("•") else BLUE for node in graph]
    nx.draw_networkx(
        graph, place, ax=axes, node_color=colours, node_size=90, edge_color="#7f8aa0", font_size=7, font_color="#eef1f6")
    axes.set_axis_off()
    return png(figure)


def race(title, names, sums, steps=4):
    """Sums by day, one row each; a GIF of some pictures a day."""
    figure, axes = sheet(title, 3.6, left=0.28)
    sums = np.asarray(sums)
    moments = np.linspace(0, sums.shape[1] - 1, (sums.shape[1] - 1) * steps + 6)

    def draw(moment):
        low = int(moment)
        high = min(low + 1, sums.shape[1] - 1)
        values = sums[:, low] + (sums[:, high] - sums[:, low]) * (moment - low)
        order = np.argsort(-values, kind="stable")[:8]
        axes.clear()
        found = axes.barh(range(len(order)), values[order], color=[f"C{index % 10}" for index in order])
        axes.set_yticks(range(len(order)), [names[index] for index in order])
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.margins(x=0.2)
        axes.set_title(f"{title}: {DAYS[low % 7]}", fontsize=13, fontweight="bold")
        axes.bar_label(found, [f" {span(values[index])}" for index in order], color="#eef1f6")

    animation = FuncAnimation(figure, draw, frames=[*moments[-1:], *moments], blit=False)
    with tempfile.NamedTemporaryFile(suffix=".gif") as file:
        animation.save(file.name, writer=PillowWriter(fps=5), dpi=100)
        return file.read()


def poster(title):
    """There is no cover: the title's initials on a tile."""
    image = Image.new("RGB", (240, 360), (40 + len(title) * 7 % 60, 50, 70))
    words = "".join(word[0] for word in title.split()[:2]).upper()
    ImageDraw.Draw(image).text((120, 180), words, font=FONT, anchor="mm", fill="#eef1f6")
    file = io.BytesIO()
    image.save(file, format="JPEG", quality=80)
    return file.getvalue()


def span(seconds):
    return f"{int(seconds) // 3600} h {int(seconds) % 3600 // 60:02} min"


FONT = ImageFont.truetype(matplotlib.font_manager.findfont("DejaVu Sans"), 90)
