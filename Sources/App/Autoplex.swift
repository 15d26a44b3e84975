@main struct Autoplex { static func main() {} }
