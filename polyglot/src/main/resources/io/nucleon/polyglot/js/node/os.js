'use strict';
// Little of the machine is shown to code that shares it with others.

const errno = { EACCES: 13, EAGAIN: 11, EEXIST: 17, EINVAL: 22, EISDIR: 21, ENOENT: 2, ENOTDIR: 20, ENOTEMPTY: 39, EPERM: 1 };

module.exports = {
    EOL: '\n',
    arch: () => 'x64',
    platform: () => 'linux',
    type: () => 'Linux',
    release: () => '',
    hostname: () => 'localhost',
    endianness: () => 'LE',
    homedir: () => process.cwd(),
    tmpdir: () => '/tmp',
    cpus: () => [],
    availableParallelism: () => 1,
    totalmem: () => 0,
    freemem: () => 0,
    loadavg: () => [0, 0, 0],
    uptime: () => process.uptime(),
    networkInterfaces: () => ({}),
    userInfo: () => ({ username: '', uid: -1, gid: -1, shell: null, homedir: process.cwd() }),
    constants: { errno, signals: {} },
};
