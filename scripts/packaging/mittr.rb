# A Homebrew formula, for a tap: brew install --HEAD mittr/tap/mittr. A release adds `url` and `sha256` of its source.
class Mittr < Formula
  desc "Shell for webhooks, with a local server to try it on"
  homepage "https://github.com/mittr/mittr-swift"
  license "MIT"
  head "https://github.com/mittr/mittr-swift.git", branch: "main"

  depends_on xcode: ["26.0", :build] # Swift 6.2
  depends_on macos: :sequoia

  uses_from_macos "swift" => :build
  uses_from_macos "libedit"
  uses_from_macos "sqlite"

  def install
    # Homebrew's sandbox is one around SwiftPM's, which cannot be nested.
    arguments = %w[--disable-sandbox -c release]
    arguments << "--static-swift-stdlib" if OS.linux?
    %w[mittr mittr-sandbox].each do |program|
      system "swift", "build", *arguments, "--product", program
      bin.install ".build/release/#{program}"
      (man1/"#{program}.1").write Utils.safe_popen_read(bin/program, "--manual")
    end
    generate_completions_from_executable(bin/"mittr", "--completions")
    generate_completions_from_executable(bin/"mittr-sandbox", "--generate-completion-script")
  end

  test do
    command = "events list --all | count"
    assert_equal "60", shell_output("#{bin}/mittr --no-config --sandbox -c '#{command}'").strip
  end
end
