#!/bin/sh
# Sends the body back.
exec cat
