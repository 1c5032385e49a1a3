"""A gRPC server of Pub/Sub that only takes messages and appends them to a file: pubsub_capture.py FILE.

Prints its address when it listens. It is what fake-gcs-server publishes to; the sandbox's stand-in speaks REST.
"""

import base64
import concurrent.futures
import itertools
import json
import sys
import threading

import grpc
from google.pubsub_v1.types import PublishRequest, PublishResponse, Topic, GetTopicRequest

SERVICE = "google.pubsub.v1.Publisher"


def main(path):
    ids, lock = itertools.count(1), threading.Lock()

    def publish(request, _):
        numbered = [(str(next(ids)), message) for message in request.messages]
        with lock, open(path, "a", encoding="utf-8") as file:
            for number, message in numbered:
                data = base64.b64encode(message.data).decode()
                document = {"messageId": number, "attributes": dict(message.attributes), "data": data}
                file.write(json.dumps(document) + "\n")
        return PublishResponse(message_ids=[number for number, _ in numbered])

    methods = {
        "Publish": grpc.unary_unary_rpc_method_handler(publish, PublishRequest.deserialize, PublishResponse.serialize),
        "GetTopic": grpc.unary_unary_rpc_method_handler(
            lambda request, _: Topic(name=request.topic), GetTopicRequest.deserialize, Topic.serialize
        ),
    }
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(SERVICE, methods)])
    open(path, "w", encoding="utf-8").close()
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"127.0.0.1:{port}", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main(sys.argv[1])
