"""A double of v3io's web APIs, written from Iguazio's public reference: streams and the attributes of objects, no more.

v3io_server.py PORT DATABASE [ACCESS-KEY]. What it has is in the database, so it comes back after a kill. Containers and folders are
whatever paths say. A shard is an object that is made with its first record, as in v3io.
"""

import base64
import json
import re
import sqlite3
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOCK = threading.RLock()
CONDITIONS = (
    re.compile(r"not\(exists\((\w+)\)\)"),
    re.compile(r"\(__mtime_nsecs == (\d+)\) AND \(__mtime_secs == (\d+)\)"),
)


class Refused(Exception):
    """A status and what to say with it."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Store:
    """Streams, records and objects' attributes."""

    def __init__(self, path):
        self.database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = OFF")
        for table in (
            "streams (path PRIMARY KEY, shards INTEGER)",
            "records (shard, number INTEGER, nanos INTEGER, key, data, PRIMARY KEY (shard, number))",
            "items (path PRIMARY KEY, attributes, nanos INTEGER)",
        ):
            self.database.execute("CREATE TABLE IF NOT EXISTS " + table)

    def all(self, query, *values):
        return self.database.execute(query, values).fetchall()

    def one(self, query, *values):
        return self.database.execute(query, values).fetchone()

    def stream(self, path):
        found = self.one("SELECT shards FROM streams WHERE path = ?", path)
        if not found:
            raise Refused(404, "No such file or directory: " + path)
        return found[0]

    def create_stream(self, path, body):
        self.database.execute("INSERT INTO streams VALUES (?, ?)", (path, body["ShardCount"]))
        return {}

    def describe_stream(self, path, _):
        return {"ShardCount": self.stream(path), "RetentionPeriodHours": 24}

    def put_records(self, path, body):
        shards = self.stream(path)
        told = []
        for record in body["Records"]:
            number = record.get("ShardId", hash(record.get("PartitionKey", "")) % shards)
            shard = f"{path}/{number}"
            last = self.last(shard)
            self.touch(shard)
            row = (shard, last + 1, time.time_ns(), record.get("PartitionKey", ""), record["Data"])
            self.database.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?)", row)
            told.append({"ShardId": number, "SequenceNumber": last + 1})
        return {"FailedRecordCount": 0, "Records": told}

    def last(self, shard):
        return self.one("SELECT COALESCE(MAX(number), 0) FROM records WHERE shard = ?", shard)[0]

    def shard(self, path):
        if not self.one("SELECT 1 FROM items WHERE path = ?", path):
            raise Refused(404, "No such file or directory: " + path)

    def seek(self, path, body):
        self.shard(path)
        kind = body["Type"]
        if kind == "SEQUENCE":
            number = body["StartingSequenceNumber"]
            first = self.one("SELECT COALESCE(MIN(number), 1) FROM records WHERE shard = ?", path)[0]
            if not first <= number <= self.last(path) + 1:
                raise Refused(400, "IllegalLocationException")
        elif kind == "TIME":
            nanos = body["TimestampSec"] * 1_000_000_000 + body["TimestampNSec"]
            later = "SELECT MIN(number) FROM records WHERE shard = ? AND nanos >= ?"
            number = self.one(later, path, nanos)[0] or self.last(path) + 1
        else:
            number = 0 if kind == "EARLIEST" else self.last(path) + 1
        return {"Location": base64.b64encode(str(number).encode()).decode()}

    def get_records(self, path, body):
        self.shard(path)
        number = int(base64.b64decode(body["Location"]))
        rows = self.all(
            "SELECT number, nanos, key, data FROM records WHERE shard = ? AND number >= ? ORDER BY number LIMIT ?",
            path,
            number,
            body.get("Limit", 1000),
        )
        records = [
            {
                "SequenceNumber": row[0],
                "ArrivalTimeSec": row[1] // 1_000_000_000,
                "ArrivalTimeNSec": row[1] % 1_000_000_000,
                "PartitionKey": row[2],
                "Data": row[3],
            }
            for row in rows
        ]
        after = rows[-1][0] + 1 if rows else number
        behind = self.last(path) + 1 - after
        return {
            "NextLocation": base64.b64encode(str(after).encode()).decode(),
            "MSecBehindLatest": 0,
            "RecordsBehindLatest": behind,
            "Records": records,
        }

    def item(self, path):
        row = self.one("SELECT attributes, nanos FROM items WHERE path = ?", path)
        if not row:
            return None
        attributes = json.loads(row[0])
        attributes["__mtime_secs"] = {"N": str(row[1] // 1_000_000_000)}
        attributes["__mtime_nsecs"] = {"N": str(row[1] % 1_000_000_000)}
        return attributes

    def get_item(self, path, body):
        item = self.item(path)
        if item is None:
            raise Refused(404, "No such file or directory: " + path)
        wanted = [name.strip() for name in body["AttributesToGet"].split(",")]
        return {"Item": {name: item[name] for name in wanted if name in item}}

    def put_item(self, path, body):
        item = self.item(path)
        condition = body.get("ConditionExpression", "")
        if condition and not holds(condition, item or {}):
            raise Refused(400, "The condition does not hold: " + condition)
        self.touch(path, body["Item"])
        return {}

    def touch(self, path, attributes=None):
        item = self.item(path) or {}
        item.update(attributes or {})
        kept = {name: value for name, value in item.items() if not name.startswith("__mtime")}
        row = (path, json.dumps(kept), time.time_ns())
        self.database.execute("INSERT OR REPLACE INTO items VALUES (?, ?, ?)", row)

    def call(self, function, path, body):
        functions = {
            "CreateStream": self.create_stream,
            "DescribeStream": self.describe_stream,
            "PutRecords": self.put_records,
            "Seek": self.seek,
            "SeekShard": self.seek,
            "GetRecords": self.get_records,
            "GetItem": self.get_item,
            "PutItem": self.put_item,
        }
        if function not in functions:
            raise Refused(400, "No such function: " + function)
        with LOCK:
            self.database.execute("BEGIN IMMEDIATE")
            try:
                answer = functions[function](path, body)
                self.database.execute("COMMIT")
                return answer
            except BaseException:
                self.database.execute("ROLLBACK")
                raise


def holds(condition, item):
    absent = CONDITIONS[0].fullmatch(condition)
    if absent:
        return absent[1] not in item
    unchanged = CONDITIONS[1].fullmatch(condition)
    if not unchanged:
        raise Refused(400, "No condition that is understood: " + condition)
    return item and item["__mtime_nsecs"]["N"] == unchanged[1] and item["__mtime_secs"]["N"] == unchanged[2]


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    store = None
    access_key = ""

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            if self.access_key and self.headers.get("X-v3io-session-key") != self.access_key:
                raise Refused(401, "Unauthorized")
            function = self.headers.get("X-v3io-function", "")
            status, said = 200, self.store.call(function, self.path.rstrip("/"), json.loads(body or b"{}"))
        except Refused as e:
            status, said = e.status, {"ErrorCode": -1, "ErrorMessage": str(e)}
        text = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_PUT = do_POST = answer

    def log_message(self, *_):
        """Nothing: tests read no log."""


def main():
    Handler.store = Store(sys.argv[2])
    Handler.access_key = sys.argv[3] if len(sys.argv) > 3 else ""
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()


if __name__ == "__main__":
    main()
