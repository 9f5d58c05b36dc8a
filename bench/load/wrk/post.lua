-- POSTs a body of as many bytes as the first argument says; the request is made once, before the load.
init = function(args)
    local body = string.rep("x", tonumber(args[1]))
    request_text = wrk.format("POST", nil, { ["Content-Type"] = "application/octet-stream" }, body)
end

request = function()
    return request_text
end

done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"micros":%d,"p50":%.1f,"p90":%.1f,"p99":%.1f,"errors":%d}\n',
        summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(90), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
