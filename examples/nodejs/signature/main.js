// Takes a webhook only if it is signed: X-Signature must be `sha256=` and the HMAC of the body with the key that both sides know.

const { createHmac, timingSafeEqual } = require('node:crypto');

exports.initContext = (context) => {
    context.userData.key = process.env.WEBHOOK_KEY;
};

exports.handler = async (context, event) => {
    const given = Buffer.from(event.headers['X-Signature'] || '');
    const right = Buffer.from(`sha256=${createHmac('sha256', context.userData.key).update(event.body).digest('hex')}`);
    // Takes the same time wherever the two differ, so that nobody finds the signature out by trying.
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
        context.logger.warnWith('a webhook with a wrong signature', { size: event.size });
        return [401, 'wrong signature'];
    }
    return [202, 'accepted'];
};
