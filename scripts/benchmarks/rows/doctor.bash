# What it costs at most to find no cause, in verifications of the same body: the goal is 50.
contender itself "mittr's doctor" "$bin/DoctorBenchmark" diagnose 65536 200
contender itself "one verification" "$bin/DoctorBenchmark" verify 65536 2000
compare "doctor, 64 KiB body, nothing matches" 9
