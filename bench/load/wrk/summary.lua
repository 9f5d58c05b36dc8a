-- What wrk counted, as one line of JSON. It defines nothing that runs per request.
done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"micros":%d,"p50":%.1f,"p90":%.1f,"p99":%.1f,"errors":%d}\n',
        summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(90), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
