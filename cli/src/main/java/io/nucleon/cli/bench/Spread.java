package io.nucleon.cli.bench;

import java.util.Arrays;

/**
 * What a few runs say of one figure. Immutable.
 *
 * @param deviation standard deviation of a single run; NaN for fewer than two
 */
public record Spread(int count, double mean, double deviation, double low, double high) {

    /** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom. */
    private static final double[] T95 = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double T95_MANY = 1.96;

    /** Of those that are known. */
    public static Spread of(double... values) {
        double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        double squares = Arrays.stream(known)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double deviation = known.length < 2 ? Double.NaN : Math.sqrt(squares / (known.length - 1));
        return new Spread(
                known.length,
                mean,
                deviation,
                Arrays.stream(known).min().orElse(Double.NaN),
                Arrays.stream(known).max().orElse(Double.NaN));
    }

    /**
     * Half the width of the 95 % interval of the difference of two means (Welch: the spreads need not be alike); NaN if one of them has
     * fewer than two runs.
     */
    static double halfWidth(Spread a, Spread b) {
        double va = a.deviation * a.deviation / a.count;
        double vb = b.deviation * b.deviation / b.count;
        double error = Math.sqrt(va + vb);
        if (error == 0 || Double.isNaN(error)) {
            return error;
        }
        double freedom = (va + vb) * (va + vb) / (va * va / (a.count - 1) + vb * vb / (b.count - 1));
        return t95(freedom) * error;
    }

    /** Of the next smaller whole number, which is the wider interval. */
    static double t95(double freedom) {
        int whole = (int) Math.max(1, Math.floor(freedom));
        return whole <= T95.length ? T95[whole - 1] : T95_MANY;
    }
}
