import ArgumentParser

@main struct MittrCommand { static func main() {} }
