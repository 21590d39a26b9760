/// What the page knows of the deployment it belongs to.
struct PageDeployment {
    /// The host name to which keys are bound.
    let deployment: String
    /// The roots file.
    let roots: String
    /// The name of the page.
    let siteName: String
    /// Where "leave quickly" leads.
    let exitUrl: String
    /// Seconds between two beats of the page.
    let beatSeconds: Int
    /// From when the page is.
    let origin: PageOrigin
}
