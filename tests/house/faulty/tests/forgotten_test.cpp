// Listed nowhere on purpose.
