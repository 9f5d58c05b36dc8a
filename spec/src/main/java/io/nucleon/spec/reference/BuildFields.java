package io.nucleon.spec.reference;

/** Fields of a build: path, type, default, meaning, origin. */
final class BuildFields {
    static final String ROWS = """
            spec.build | mapping | | where the code is and how an image is made of it | nuclio
            spec.build.path | text | | file, folder, archive, jar or URL of the code | nuclio
            spec.build.functionSourceCode | text | | source in base64; wins over the path | nuclio
            spec.build.functionConfigPath | text | function.yaml in the path's folder | the file that describes the function | nuclio
            spec.build.image | text | processor-NAME | name of the image | nuclio
            spec.build.registry | text | | registry to push to | nuclio
            spec.build.baseImage | text | by runtime | image to build on | nuclio
            spec.build.baseImageRegistry | text | the platform's | registry of base images | nuclio
            spec.build.onbuildImage | text | | image with the processor, as a template | nuclio
            spec.build.noBaseImagesPull | truth value | false | true = base images are not pulled | nuclio
            spec.build.noBaseImagePull | truth value | false | the same as nuclio's documentation spells it | nuclio
            spec.build.noCache | truth value | false | true = every layer is made anew | nuclio
            spec.build.noCleanup | truth value | false | true = intermediate files stay | nuclio
            spec.build.offline | truth value | false | true = nothing is downloaded | nuclio
            spec.build.tempDir | text | the system's | folder for intermediate files | nuclio
            spec.build.commands | list of texts | | commands of the build; `@nuclio.postCopy` moves the rest behind the copying of the code | nuclio
            spec.build.directives | mapping | | image-file instructions; replaced by commands | nuclio
            spec.build.directives.preCopy | list | | before the copying of the code | nuclio
            spec.build.directives.preCopy[].kind | text | | instruction | nuclio
            spec.build.directives.preCopy[].value | text | | its text | nuclio
            spec.build.directives.postCopy | list | | behind the copying of the code | nuclio
            spec.build.directives.postCopy[].kind | text | | instruction | nuclio
            spec.build.directives.postCopy[].value | text | | its text | nuclio
            spec.build.dependencies | list of texts | | java: `group: g, name: n, version: v`; dotnetcore: `name: n, version: v` | nuclio
            spec.build.runtimeAttributes | mapping | | java: `repositories` | nuclio
            spec.build.codeEntryType | text | told from the path | sourceCode, image, archive, github, git, s3 | nuclio
            spec.build.codeEntryAttributes | mapping | | of the type | nuclio
            spec.build.timestamp | whole number | 0 | unix seconds of the last build | nuclio
            spec.build.buildTimeoutSeconds | whole number | 3600 | 0 or less = no limit | nuclio
            spec.build.mode | neverBuild/alwaysBuild | | whether a deployment builds | nuclio
            spec.build.args | mapping of texts | the platform's | build arguments; an empty value removes one of the platform's | nuclio
            spec.build.flags | list of texts | | flags of the image builder | nuclio
            spec.build.builderServiceAccount | text | | Kubernetes' service account of the builder | nuclio
            spec.build.scriptPaths | list | | left over | kept
            spec.build.addedPaths | mapping | | left over | kept
            """;

    private BuildFields() {}
}
