// Logs at all levels. Fields are part of the record; a caller sees an event's records with the header X-Nuclio-Log-Level.

exports.handler = async (context, event) => {
    const { logger } = context;
    logger.debug('nobody needs to know');
    logger.infoWith('order came', { number: 17, customer: event.fields.customer || 'unknown' });
    logger.warnWith('stock is low', { left: 3 });
    logger.error('printing of a label failed');
    return 'logged';
};
