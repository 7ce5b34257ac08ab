"""Answers written for this project, full of what people of a job say; spoken by a synthesiser where they are measured.

They are whole sentences of a person, not the catalogue's: each holds some of the job's terms and many words that are
none. Those of `CHOSEN_ON` served to choose how strongly a vocabulary weighs; nothing was chosen on the others.
"""

CHOSEN_ON = "application-software-engineering"
"""The job whose answers settings were chosen on."""

ANSWERS: dict[str, tuple[str, ...]] = {
    "application-software-engineering": (
        "in my last job i led the refactoring of a legacy monolith into a handful of microservices",
        "the ticket was ambiguous so i sat with the users and built a small prototype before writing a spec",
        "our message queue became the bottleneck and the latency went up by a factor of ten",
        "i wrote a regression test for every edge case and we raised the branch coverage step by step",
        "there was a race condition between two workers and i found it with a stack trace and the log files",
        "we rolled back to the previous version and wrote a post mortem the next morning",
        "the product owner kept adding things so we talked about scope creep and negotiated what was a must have",
        "i put the change behind a feature flag and watched the dashboard during the gradual rollout",
        "the root cause was a memory leak in the connection pool and not the schema change",
        "every pull request gets a code review and the build server runs the unit tests",
        "we paid back a lot of technical debt and then the data model was simple enough for new people",
        "an alert from the monitoring woke me up and i wrote on the status page that there would be downtime",
    ),
    "hotel-rooms": (
        "the guest had been overcharged for the minibar and i gave a refund and a voucher for late check out",
        "we were overbooked by four rooms so i walked the guest to a sister hotel and paid the difference",
        "at the shift handover the room status showed a discrepancy and half the floor was vacant dirty",
        "two room attendants had called in sick and i asked the agency staff to help the housekeepers",
        "i did a spot check of every suite for stains and missing towels before the inspection",
        "during the conference our occupancy was high and the average rate was well above the rack rate",
        "a caller asked for the room number of a celebrity and i did not give out any guest data",
        "the fire alarm turned out to be a false alarm but we sent everybody to the assembly point",
        "i noticed that a regular guest was a loyalty member and offered an upgrade and a free breakfast",
        "he wanted a duplicate key without any identification so i called the duty manager",
        "the cancellation rate was rising and we asked for a credit card guarantee with every group booking",
        "somebody had collapsed in the lobby so i called an ambulance and fetched the defibrillator",
    ),
    "purchasing": (
        "i asked the supplier for a cost breakdown and compared it with the raw material share of the benchmark price",
        "we had a single source for that part so i began the qualification of a second supplier",
        "the line stop was two days away and we paid for air freight to keep some safety stock",
        "after the incoming inspection we rejected the faulty lot and filed a claim",
        "they offered a concession on the payment terms in return for an annual contract with more volume",
        "three quotes came in and the lowest bidder was not the one with the lowest total cost",
        "my boss wanted a tailored specification for a former colleague and i told him why that was wrong",
        "the supplier audit ended with a corrective action and their on time delivery got better",
        "we found a substitute on the spot market through a broker but the exchange rate was bad",
        "one department went straight to the supplier and by then the goods were already ordered",
        "i suspected bid rigging since two of the quotations had identical prices and the same errors",
        "the unsuccessful bidder asked for a debriefing and we showed the award criteria and the weighting",
    ),
}
"""By job: lower case, without punctuation."""
