package io.nucleon.error;

/** One message of each code of the builder and the platforms. */
final class BuildSamples {
    private BuildSamples() {}

    static ErrorMessage of(ErrorCode code) {
        return switch (code) {
            case CODE_UNREACHABLE ->
                ErrorMessage.of(
                        code,
                        "https://example.com/orders.zip can't be fetched",
                        "it answers: HTTP/1.1 404 Not Found",
                        "check the address, and that this machine reaches it");
            case ADDRESS_REFUSED ->
                ErrorMessage.of(
                        code,
                        "fetching code from https://10.0.0.7/orders.zip is refused",
                        "10.0.0.7 is 10.0.0.7, an address of this machine or a private network",
                        "use a public https address, or allow this one: --allow-address HOST:PORT");
            case ARCHIVE_UNREADABLE ->
                ErrorMessage.of(
                        code,
                        "https://example.com/orders.zip can't be unpacked",
                        "Downloaded file type is not supported. (expected an archive: zip, tar, tar.gz)",
                        "check that it is a whole archive: zip, tar.gz");
            case CODE_REFUSED ->
                ErrorMessage.of(
                        code,
                        "orders.tar is refused: its entry '../evil'",
                        "it names a place outside of the archive",
                        "pack the archive from the function's folder, with files alone");
            case REPOSITORY_REFUSED ->
                ErrorMessage.of(
                        code,
                        "repository ssh://host/orders.git is refused",
                        "it is no https address; ssh and files of the builder's machine are not read",
                        "give an https address and a branch, tag or reference");
            case DEPENDENCIES_FAILED ->
                ErrorMessage.of(
                        code,
                        "the packages of requirements.txt can't be installed",
                        "python3 ended with 1: no matching distribution found for requets",
                        "mend requirements.txt, or see the whole log with -v");
            case BASE_IMAGE_MISSING ->
                ErrorMessage.of(
                        code,
                        "image nuclio/processor-orders can't be made",
                        "pull access denied for python:3.99-slim",
                        "check spec.build.baseImage: an image of a registry, docker:IMAGE, tar:FILE or scratch");
            case ARTIFACT_NOT_WRITTEN ->
                ErrorMessage.of(
                        code,
                        "out is there already",
                        "it is no folder that a build made, so it is not replaced",
                        "name another folder: --output-path PATH");
            case IMAGE_NOT_PUSHED ->
                ErrorMessage.of(
                        code,
                        "image registry:5000/nuclio/processor-orders can't be pushed",
                        "Unauthorized for registry:5000/nuclio/processor-orders",
                        "log in: docker login registry:5000");
            case BUILD_TOOL_MISSING ->
                ErrorMessage.of(
                        code,
                        "'git' can't be started",
                        "no such file or directory",
                        "install it, and see that it is on PATH");
            case BUILD_COMMANDS_REFUSED ->
                ErrorMessage.of(
                        code,
                        "Docker can't build the image",
                        "docker build ended with 100: E: Unable to locate package curll",
                        "mend what the last lines tell; the whole log: -v");
            case DOCKER_UNREACHABLE ->
                ErrorMessage.of(
                        code,
                        "Docker doesn't answer",
                        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
                        "start Docker, or build without it: --format oci-tar, or --registry HOST");
            case PLATFORM_STATE_UNUSABLE ->
                ErrorMessage.of(
                        code,
                        "the local platform's folder /srv/state/nucleon/functions can't be used",
                        "AccessDeniedException: /srv/state/nucleon",
                        "see that the disk has room and the folder is yours");
            case DAEMON_UNREACHABLE ->
                ErrorMessage.of(
                        code,
                        "the daemon of the local platform doesn't answer",
                        "the daemon ended before it answered",
                        "try again; the next command starts it");
            case FUNCTION_NOT_DEPLOYED ->
                ErrorMessage.of(
                        code,
                        "no function 'odrers' is deployed here",
                        "deployed here: orders",
                        "did you mean 'orders'?");
            case FUNCTION_NOT_READY ->
                ErrorMessage.of(
                        code,
                        "function 'orders' did not become ready",
                        "it was not ready after 120 s",
                        "mend it and deploy again; what it printed: nucleon logs orders");
            case PROBE_FAILED ->
                ErrorMessage.of(
                        code,
                        "the new version of function 'orders' did not pass its probe",
                        "it answered 500: KeyError",
                        "mend it and deploy again; the version before serves on");
            case VERSION_MISSING ->
                ErrorMessage.of(
                        code, "function 'orders' has no version 3", "kept are: 7, 8, 9", "deploy the code again");
            case DEPLOY_WOULD_CHANGE ->
                ErrorMessage.of(
                        code,
                        "deploying would change function 'orders'",
                        "2 lines of function.yaml, code",
                        "deploy it: nucleon deploy PATH");
            default -> throw new IllegalArgumentException(code.code());
        };
    }
}
