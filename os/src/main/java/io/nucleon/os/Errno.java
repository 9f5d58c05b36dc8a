package io.nucleon.os;

/** Names of the error numbers that our calls meet (asm-generic/errno-base.h). */
final class Errno {

    private Errno() {}

    static String text(int errno) {
        return switch (errno) {
            case 1 -> "operation not permitted";
            case 2 -> "no such file or directory";
            case 3 -> "no such process";
            case 5 -> "input/output error";
            case 7 -> "argument list too long";
            case 8 -> "exec format error";
            case 10 -> "no child process";
            case 11 -> "resource temporarily unavailable";
            case 12 -> "out of memory";
            case 13 -> "permission denied";
            case 17 -> "file exists";
            case 20 -> "not a directory";
            case 23 -> "too many open files in the system";
            case 24 -> "too many open files";
            case 26 -> "text file busy";
            case 27 -> "file too large";
            case 28 -> "no space left on device";
            case 30 -> "read-only file system";
            case 32 -> "nobody reads it";
            case 38 -> "not implemented by this kernel";
            case 95 -> "not supported";
            case 98 -> "address already in use";
            case 104 -> "connection reset by peer";
            case 111 -> "connection refused";
            case 122 -> "disk quota exceeded";
            default -> "error " + errno;
        };
    }
}
