def load(name):
    return open(name)
