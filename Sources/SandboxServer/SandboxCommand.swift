import ArgumentParser

@main struct SandboxCommand { static func main() {} }
