// The numbers page speaks Prometheus' text format exactly, whatever the labels hold.

import Testing

@testable import Web

@Suite struct `Metrics page` {
    @Test func `a family is written with its help, type and samples`() {
        var family = MetricFamily("jobs_runs_total", .counter, "Runs of each job.")
        family.add(3, ["job": "backup"])
        family.add(0.5, ["job": "a \"b\"\\\nc"])
        #expect(
            [family].prometheusText() == """
                # HELP autoplex_jobs_runs_total Runs of each job.
                # TYPE autoplex_jobs_runs_total counter
                autoplex_jobs_runs_total{job="backup"} 3
                autoplex_jobs_runs_total{job="a \\"b\\"\\\\\\nc"} 0.5

                """)
    }

    @Test func `a family without samples is left out`() {
        #expect([MetricFamily("empty", .gauge, "Nothing.")].prometheusText().isEmpty)
    }

    @Test(arguments: [(Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (12, "12")])
    func `odd numbers are written as Prometheus wants them`(value: Double, text: String) {
        #expect([MetricFamily("x", .gauge, "X.", value)].prometheusText().hasSuffix("autoplex_x \(text)\n"))
    }
}
