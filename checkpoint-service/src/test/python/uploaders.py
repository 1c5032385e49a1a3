"""Uploads a folder to a bucket as one of the tools does that trainers use: uploaders.py TOOL ENDPOINT BUCKET PREFIX FOLDER.

Ends with 3 if the tool is not installed. Files above 1 MiB are uploaded in parts by the tools that compose objects.
"""

import contextlib
import datetime
import ipaddress
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse

MEBIBYTE = 1024 * 1024
NOT_INSTALLED = 3


def python_client(endpoint, bucket, prefix, folder):
    """One call per file, each in pieces."""
    for file in sorted(folder.iterdir()):
        blob = bucket_of(endpoint, bucket).blob(f"{prefix}{folder.name}/{file.name}", chunk_size=MEBIBYTE)
        blob.upload_from_filename(str(file))


def transfer_manager(endpoint, bucket, prefix, folder):
    """All files at once."""
    from google.cloud.storage import transfer_manager as manager

    results = manager.upload_many_from_filenames(
        bucket_of(endpoint, bucket),
        [file.name for file in folder.iterdir()],
        source_directory=str(folder),
        blob_name_prefix=f"{prefix}{folder.name}/",
        worker_type=manager.THREAD,
        max_workers=4,
        raise_exception=True,
    )
    assert not any(results), results


def rename_at_the_end(endpoint, bucket, prefix, folder):
    """Under a temporary name first, as PyTorch's writer does."""
    target = bucket_of(endpoint, bucket)
    for file in sorted(folder.iterdir()):
        name = f"{prefix}{folder.name}/{file.name}"
        blob = target.blob(name + ".tmp")
        blob.upload_from_filename(str(file))
        target.rename_blob(blob, name)


def gsutil(endpoint, bucket, prefix, folder):
    """In parts that are composed; gsutil speaks TLS only."""
    tool = pathlib.Path(sys.executable).with_name("gsutil")
    if not tool.exists():
        sys.exit(NOT_INSTALLED)
    with tempfile.TemporaryDirectory() as home, tls_in_front_of(endpoint, home) as port:
        boto = pathlib.Path(home, "boto")
        boto.write_text(
            f"""[Credentials]
gs_json_host = 127.0.0.1
gs_json_port = {port}
[Boto]
https_validate_certificates = False
[GSUtil]
state_dir = {home}
parallel_composite_upload_threshold = 1M
parallel_composite_upload_component_size = 1M
resumable_threshold = 1073741824
software_update_check_period = 0
"""
        )
        environment = os.environ | {"BOTO_CONFIG": str(boto), "HOME": home}
        run([tool, "-q", "-o", "GSUtil:parallel_process_count=1", "cp", "-r", folder, f"gs://{bucket}/{prefix}"], environment)


def gcloud(endpoint, bucket, prefix, folder):
    """In parts that are composed."""
    tool = shutil.which("gcloud")
    if tool is None:
        sys.exit(NOT_INSTALLED)
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "CLOUDSDK_CONFIG": home,
            "CLOUDSDK_CORE_PROJECT": "p",
            "CLOUDSDK_CORE_DISABLE_PROMPTS": "true",
            "CLOUDSDK_CORE_DISABLE_USAGE_REPORTING": "true",
            "CLOUDSDK_AUTH_DISABLE_CREDENTIALS": "true",
            "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE": f"{endpoint}/storage/v1/",
            "CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_ENABLED": "true",
            "CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_COMPATIBILITY_CHECK": "false",
            "CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_THRESHOLD": "1M",
            "CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_COMPONENT_SIZE": "1M",
            "CLOUDSDK_STORAGE_PROCESS_COUNT": "1",
        }
        run([tool, "storage", "cp", "-r", folder, f"gs://{bucket}/{prefix}"], environment)


def bucket_of(endpoint, bucket):
    from google.auth.credentials import AnonymousCredentials
    from google.cloud import storage

    client = storage.Client(project="p", credentials=AnonymousCredentials(), client_options={"api_endpoint": endpoint})
    return client.bucket(bucket)


def run(command, environment):
    subprocess.run([str(part) for part in command], env=environment, check=True, stdin=subprocess.DEVNULL)


@contextlib.contextmanager
def tls_in_front_of(endpoint, home):
    """A port that speaks TLS and hands on what it decrypts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(home))
    address = urllib.parse.urlsplit(endpoint)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener, context, (address.hostname, address.port)), daemon=True).start()
        yield listener.getsockname()[1]


def serve(listener, context, target):
    with contextlib.suppress(OSError):
        while True:
            threading.Thread(target=connect, args=(listener.accept()[0], context, target), daemon=True).start()


def connect(plain, context, target):
    # A client that goes away ends its connection, not the others.
    with contextlib.suppress(OSError), context.wrap_socket(plain, server_side=True) as client:
        with socket.create_connection(target) as server:
            back = threading.Thread(target=hand_on, args=(server, client), daemon=True)
            back.start()
            hand_on(client, server)
            back.join()


def hand_on(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def certificate(home):
    """One that lasts a day, made for this run."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = pathlib.Path(home, "certificate.pem")
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return pem


TOOLS = {tool.__name__: tool for tool in (python_client, transfer_manager, rename_at_the_end, gsutil, gcloud)}

if __name__ == "__main__":
    TOOLS[sys.argv[1]](sys.argv[2], sys.argv[3], sys.argv[4], pathlib.Path(sys.argv[5]))
