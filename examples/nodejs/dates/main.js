// Adds to a date: POST {"from": "2024-01-31", "value": 1, "unit": "months"}; from now on if `from` is missing.
// Packages work as everywhere: `npm install dayjs` beside this file, then require('dayjs').

const MONTHS = { months: 1, years: 12 };
const MILLIS = { weeks: 604_800_000, days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000 };

function addMonths(date, months) {
    const day = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + months);
    // The last day of a month that has fewer.
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(day, last));
}

exports.handler = async (context, event) => {
    const { from, value, unit } = JSON.parse(event.body);
    const date = from === undefined ? new Date() : new Date(from);
    context.logger.infoWith('adding to a date', { from: date, value, unit });
    if (MONTHS[unit]) addMonths(date, value * MONTHS[unit]);
    else if (MILLIS[unit]) date.setTime(date.getTime() + value * MILLIS[unit]);
    else return [400, `unit is one of ${[...Object.keys(MONTHS), ...Object.keys(MILLIS)].join(', ')}`];
    return date.toISOString();
};
