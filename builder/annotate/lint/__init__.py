"""What is wrong with a labelling config that Label Studio would take without a word."""
