// Runs by the schedule in function.yaml.

exports.handler = async (context, event) => {
    context.logger.infoWith('running', { scheduled: String(event.timestamp) });
    return 'done';
};
