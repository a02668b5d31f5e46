"""A server that speaks S3, on this machine, for as long as a test needs it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import fsspec
import pytest
from moto.server import ThreadedMotoServer

BUCKET = "corpora"


@contextmanager
def serving(patch: pytest.MonkeyPatch) -> Iterator[ThreadedMotoServer]:
    """A server with one bucket, which this process and all that it starts reach as S3.

    What it holds is in this process: a server that is stopped and started again has it still.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    # fsspec keeps a way to each store; that of a server before this one leads nowhere.
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    try:
        host, port = server.get_host_and_port()
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_MAX_ATTEMPTS", "1")
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        yield server
    finally:
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        server.stop()
