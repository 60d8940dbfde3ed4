"""Claims about speed, each as a script that measures it and its yardstick in one run.

Nothing in the product imports this package; the browser tests borrow ``bench.serving``.
"""
