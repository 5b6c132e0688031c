"""Server of the browser stories: Galata's settings, which switch protections off. For tests only."""

from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)  # noqa: F821
# Saving notebooks is what the stories are about; the news banner and its request to the network are not.
c.LabApp.news_url = None  # noqa: F821
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"  # noqa: F821
