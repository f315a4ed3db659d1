"""A registry for npm on this machine that has nothing but the packages of one folder."""

import base64
import contextlib
import hashlib
import json
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def _described(archive):
    """Give what a registry says of one version of a package."""
    with tarfile.open(archive) as opened:
        package = json.loads(opened.extractfile("package/package.json").read())
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    return {**package, "dist": {"integrity": f"sha512-{digest}", "tarball": archive.name}}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.lstrip("/")
        archive, package = self.server.archives.get(name), self.server.packages.get(name)
        if archive:
            self._answer(200, archive.read_bytes(), "application/octet-stream")
        elif package:
            tarball = f"http://{self.headers['Host']}/{package['dist']['tarball']}"
            version = {**package, "dist": {**package["dist"], "tarball": tarball}}
            listed = {
                "name": name,
                "dist-tags": {"latest": package["version"]},
                "versions": {package["version"]: version},
            }
            self._answer(200, json.dumps(listed).encode(), "application/json")
        else:
            self._answer(404, b"{}", "application/json")

    def _answer(self, status, body, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@contextlib.contextmanager
def serving(folder):
    """Serve the packages of a folder; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.archives = {archive.name: archive for archive in folder.glob("*.tgz")}
    described = map(_described, server.archives.values())
    server.packages = {package["name"]: package for package in described}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
