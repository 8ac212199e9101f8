"""The questions of the Charts page, each with its charts: made when it is first asked."""
